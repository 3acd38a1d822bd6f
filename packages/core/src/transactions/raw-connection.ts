import { fieldOf, hasMethods } from "../error-kind.ts";
import {
  assertSavepoint,
  ended,
  type HostTransaction,
  isDatabase,
  noneGiven,
  type Refusal,
} from "./host-transaction.ts";

/** A Client of pg, or one that a pool lent. */
export interface PgClientLike {
  query(statement: object): Promise<unknown>;
}

/** A connection of mysql2, with callbacks. */
export interface Mysql2ConnectionLike {
  promise(): unknown;
  execute(...statement: never[]): unknown;
}

/** A connection of mysql2, with promises. */
export interface Mysql2PromiseConnectionLike {
  execute(statement: never): Promise<unknown>;
  query(statement: never): Promise<unknown>;
}

// Whatever the host's connection is set to: rows are objects, with the types of mysql2.
const asMysql2Answers = {
  rowsAsArray: false,
  nestTables: false,
  namedPlaceholders: false,
  typeCast: (_field: unknown, next: () => unknown) => next(),
};

/**
 * A transaction on the connection that a host or an ORM holds, which tells by itself whether it has ended: newer clients
 * of pg know, others are asked for a savepoint.
 * @throws CsatError `invalid_input` for nothing, for a pool, and for connections of other drivers
 */
export function onConnection(connection: unknown, refusal: Refusal): HostTransaction {
  if (connection === undefined || connection === null) throw refusal(noneGiven);
  if (isPool(connection)) throw refusal(isDatabase);
  const client = hasMethods<Mysql2ConnectionLike>(connection, "promise", "execute")
    ? connection.promise()
    : connection;
  if (
    hasMethods<{ [method in "execute" | "query"]: (statement: object) => Promise<unknown> }>(
      client,
      "execute",
      "query",
    )
  )
    return {
      query: ({ text, values }) => client.execute({ sql: text, values: [...values], ...asMysql2Answers }),
      assertOpen: () => assertSavepoint((text) => client.query({ sql: text }), refusal),
    };
  if (!hasMethods<PgClientLike>(client, "query")) throw refusal("its connection is none of pg or mysql2.");
  return {
    query: ({ values, ...rest }) => client.query({ ...rest, values: [...values] }),
    assertOpen: async () => {
      if (!hasMethods<{ getTransactionStatus(): unknown }>(client, "getTransactionStatus"))
        return assertSavepoint((text) => client.query({ text }), refusal);
      if (client.getTransactionStatus() === "I") throw refusal(ended);
    },
  };
}

function isPool(value: unknown): boolean {
  const isOfPg = hasMethods(value, "connect", "query") && typeof fieldOf(value, "totalCount") === "number";
  return isOfPg || hasMethods(value, "getConnection");
}
