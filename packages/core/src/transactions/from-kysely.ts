import { hasMethods } from "../error-kind.ts";
import { ended, type HostTransaction, isDatabase, noneGiven, refusalOf } from "./host-transaction.ts";

/** What is used of a transaction of Kysely. */
export interface KyselyTransaction {
  readonly isTransaction: boolean;
  executeQuery(query: never): Promise<{ readonly rows: readonly unknown[] }>;
}

/**
 * A transaction of Kysely, on Postgres or MySQL: of `db.transaction()`, or of `db.startTransaction()`.
 * @throws CsatError `invalid_input` for undefined and for the database; from the call that it is passed to, when it has ended
 */
export function fromKysely(transaction: KyselyTransaction): HostTransaction {
  const refusal = refusalOf("fromKysely");
  if (transaction === undefined || transaction === null) throw refusal(noneGiven);
  if (!hasMethods(transaction, "executeQuery")) throw refusal("this is no transaction of Kysely.");
  if (!transaction.isTransaction) throw refusal(isDatabase);
  const run = async (sql: string, parameters: readonly unknown[]) => {
    // As CompiledQuery.raw of Kysely makes it.
    const query = {
      sql,
      parameters,
      query: { kind: "RawNode", sqlFragments: [sql], parameters: [] },
      queryId: { queryId: "csat" },
    };
    try {
      // Each host's Kysely has a class of its own for it.
      return (await transaction.executeQuery(query as never)).rows;
    } catch (error) {
      // Kysely watches over it by itself.
      if (error instanceof Error && error.message.startsWith("Transaction is already ")) throw refusal(ended);
      throw error;
    }
  };
  return { query: ({ text, values }) => run(text, values), assertOpen: async () => {} };
}
