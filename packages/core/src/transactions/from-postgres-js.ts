import { hasMethods } from "../error-kind.ts";
import {
  assertSavepoint,
  type HostTransaction,
  isDatabase,
  noneGiven,
  refusalOf,
} from "./host-transaction.ts";

/** What is used of the transaction that `sql.begin` of postgres.js hands over. */
export interface PostgresJsTransaction {
  unsafe(text: string, values: never[], options: { readonly prepare: boolean }): PromiseLike<unknown>;
}

/**
 * The transaction of `sql.begin` of postgres.js. Each call of CSAT asks it for a savepoint first, two statements: after its
 * end postgres.js would run them outside.
 * @throws CsatError `invalid_input` for undefined and for the client; from the call that it is passed to, when it has ended
 */
export function fromPostgresJs(transaction: PostgresJsTransaction): HostTransaction {
  const refusal = refusalOf("fromPostgresJs");
  if (transaction === undefined || transaction === null) throw refusal(noneGiven);
  if (hasMethods<{ begin(): unknown }>(transaction, "begin")) throw refusal(isDatabase);
  if (!hasMethods<PostgresJsTransaction>(transaction, "unsafe", "savepoint"))
    throw refusal("this is no transaction of postgres.js.");
  return {
    // It takes parameters of any type; its declaration knows only some.
    query: async ({ name, text, values }) =>
      transaction.unsafe(text, [...values] as never[], { prepare: name !== undefined }),
    assertOpen: () => assertSavepoint((text) => transaction.unsafe(text, [], { prepare: false }), refusal),
  };
}
