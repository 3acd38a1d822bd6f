import { hasMethods } from "../error-kind.ts";
import { ended, type HostTransaction, isDatabase, noneGiven, refusalOf } from "./host-transaction.ts";
import { onConnection } from "./raw-connection.ts";

/** What is used of a transaction of knex. */
export interface KnexTransaction {
  isCompleted(): boolean;
  readonly client: { acquireConnection(): Promise<unknown> };
}

/**
 * A transaction of knex, on Postgres (pg) or MySQL (mysql2). Its own connection is used: `raw` of knex takes `?` alone.
 * @throws CsatError `invalid_input` for undefined and for knex itself; from the call that it is passed to, when it has ended
 */
export function fromKnex(transaction: KnexTransaction): HostTransaction {
  const refusal = refusalOf("fromKnex");
  if (transaction === undefined || transaction === null) throw refusal(noneGiven);
  if (!hasMethods(transaction, "isCompleted")) throw refusal(isDatabase);
  return {
    query: async (statement) =>
      onConnection(await transaction.client.acquireConnection(), refusal).query(statement),
    assertOpen: async () => {
      if (transaction.isCompleted()) throw refusal(ended);
    },
  };
}
