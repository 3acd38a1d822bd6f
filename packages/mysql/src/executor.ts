import { CsatError } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { MySqlDialect } from "drizzle-orm/mysql-core";
import { storageFailed, wasVictim } from "./driver-error.ts";
import { type Row, rowsOf } from "./row.ts";

/** One statement. Its placeholders are `?`; its values are text, numbers and null. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs statements: all that the storage asks of a driver. */
export interface Executor {
  /** Answers the rows, as a list or as mysql2 does: `[rows, fields]`. */
  query(statement: Statement): PromiseLike<unknown>;
}

/** An executor that opens READ COMMITTED transactions. */
export interface MysqlExecutor extends Executor {
  /** Commits when `work` resolves, rolls back when it rejects. All statements of `work` run on one connection. */
  transaction<Result>(work: (transaction: Executor) => Promise<Result>): Promise<Result>;
}

const dialect = new MySqlDialect();

/** A statement of drizzle's as text and values. */
export function compiled(statement: SQL): Statement {
  const { sql: text, params: values } = dialect.sqlToQuery(statement);
  return { text, values };
}

/** The other way round, for a handle of drizzle's that takes nothing else. No text of ours holds a question mark. */
export function toSql({ text, values }: Statement): SQL {
  const [first = "", ...others] = text.split("?");
  return sql.join([sql.raw(first), ...others.map((part, place) => sql`${values[place]}${sql.raw(part)}`)]);
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
  executor: MysqlExecutor,
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

const mostRuns = 3;

/** Runs a transaction of our own again when the database made it the victim: nothing of it was written. */
export async function repeated<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let runs = 1; ; runs++) {
    try {
      return await run();
    } catch (error) {
      if (runs === mostRuns || !wasVictim(error)) throw error;
    }
  }
}
