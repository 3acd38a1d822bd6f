import { fieldOf, hasMethods } from "../error-kind.ts";
import { ended, type HostTransaction, isDatabase, noneGiven, refusalOf } from "./host-transaction.ts";
import { onConnection } from "./raw-connection.ts";

/** What is used of a transaction of Sequelize, whose connection its types leave out. */
export interface SequelizeTransaction {
  // Of Bluebird in version 5.
  commit(): unknown;
  rollback(): unknown;
}

/**
 * A transaction of Sequelize 5 or 6, on Postgres (pg) or MySQL (mysql2): `options.transaction` of a hook, or what
 * `sequelize.transaction` hands over. Its own connection is used: replacements of Sequelize would read our SQL.
 * @throws CsatError `invalid_input` for undefined and for Sequelize itself; from the call that it is passed to, when it has ended
 */
export function fromSequelize(transaction: SequelizeTransaction): HostTransaction {
  const refusal = refusalOf("fromSequelize");
  if (transaction === undefined || transaction === null) throw refusal(noneGiven);
  if (!hasMethods(transaction, "commit", "rollback")) throw refusal(isDatabase);
  return {
    query: async (statement) => onConnection(fieldOf(transaction, "connection"), refusal).query(statement),
    assertOpen: async () => {
      // "commit" or "rollback" once it was asked to end.
      if (typeof fieldOf(transaction, "finished") === "string") throw refusal(ended);
    },
  };
}
