import { CsatError } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { storageFailed } from "./driver-error.ts";
import { type Row, rowsOf } from "./row.ts";

/** One statement. With a name a driver may prepare it once per connection; the same name is the same text. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs statements: all that the storage asks of a driver. */
export interface Executor {
  /** Answers the rows, as a list or as the `rows` of an object. */
  query(statement: Statement): PromiseLike<unknown>;
}

/** An executor that opens READ COMMITTED transactions. */
export interface PostgresExecutor extends Executor {
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<Result>(work: (transaction: Executor) => Promise<Result>): Promise<Result>;
}

const dialect = new PgDialect();

/** A statement of drizzle's as text and values. */
export function compiled(statement: SQL, name?: string): Statement {
  const { sql: text, params: values } = dialect.sqlToQuery(statement);
  return { text, values, ...(name === undefined ? {} : { name }) };
}

/** The other way round, for a handle of drizzle's that takes nothing else. */
export function toSql({ text, values }: Statement): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, place) => (place % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`)),
  );
}

/** Runs one statement. `doing` completes "failed while …" in an error. @throws CsatError `storage_failed` */
export async function rowsFrom(
  executor: Executor,
  doing: string,
  statement: SQL | Statement,
): Promise<readonly Row[]> {
  try {
    return rowsOf(await executor.query("text" in statement ? statement : compiled(statement)));
  } catch (error) {
    throw storageFailed(doing, error);
  }
}

/**
 * Runs `work` in one transaction. What `work` throws comes out as it is. Its executor is refused once `work` is over: the
 * connection may be somebody else's by then. @throws CsatError `storage_failed` when it cannot begin or commit
 */
export async function inTransaction<Result>(
  executor: PostgresExecutor,
  work: (transaction: Executor) => Promise<Result>,
): Promise<Result> {
  let thrown: { readonly error: unknown } | undefined;
  try {
    return await executor.transaction(async (transaction) => {
      let isOver = false;
      const query = async (statement: Statement): Promise<unknown> => {
        if (isOver)
          throw new CsatError(
            "storage_failed",
            "A transaction was used after it had ended. Await every call inside `own(work)`.",
          );
        return transaction.query(statement);
      };
      try {
        return await work({ query });
      } catch (error) {
        thrown = { error };
        throw error;
      } finally {
        isOver = true;
      }
    });
  } catch (error) {
    if (thrown !== undefined) throw thrown.error;
    throw storageFailed("opening or committing a transaction", error);
  }
}
