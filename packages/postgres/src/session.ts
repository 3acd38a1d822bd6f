import { type Logger, sqlState } from "@csat/core";
import type { SQL } from "drizzle-orm";
import { storageFailed } from "./driver-error.ts";
import type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
import { openTransaction } from "./open-transaction.ts";
import { type Row, rowsOf } from "./row.ts";

/** Where statements run: the host's transaction, one of our own, or the database. */
export interface Session {
  /** Runs one statement. `doing` completes "failed while …" in an error. @throws CsatError `storage_failed` */
  execute(doing: string, statement: SQL): Promise<readonly Row[]>;
  /** Runs several statements whole or not at all. Inside a transaction they join it. */
  atomically<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
}

/** Statements in a transaction that somebody else opened and will end. */
export function transactionSession(tx: DrizzleTx): Session {
  const session: Session = {
    execute: (doing, statement) => run(tx, doing, statement),
    atomically: (work) => work(session),
  };
  return session;
}

/**
 * Statements on the database itself: alone, or in a READ COMMITTED transaction of their own. A single statement runs at
 * the database's default level. Where that is stricter, Postgres refuses with 40001 what met another write, and
 * nothing is written: the statement is repeated at READ COMMITTED, as are all from then on.
 */
export function databaseSession(db: DrizzleDatabase, logger: Logger): Session {
  let isStricter = false;
  return {
    async execute(doing, statement) {
      if (!isStricter) {
        try {
          return await run(db, doing, statement);
        } catch (error) {
          if (sqlState(error) !== "40001") throw error;
          isStricter = true;
          logger.warn(
            { doing },
            "database does not default to read committed: statements open a transaction",
          );
        }
      }
      return inReadCommitted(db, (session) => session.execute(doing, statement));
    },
    atomically: (work) => inReadCommitted(db, work),
  };
}

/** Runs `work` in one READ COMMITTED transaction. What `work` throws comes out as it is. */
async function inReadCommitted<Result>(
  db: DrizzleDatabase,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  let thrown: { readonly error: unknown } | undefined;
  try {
    return await openTransaction(db, async (tx) => {
      try {
        return await work(transactionSession(tx));
      } catch (error) {
        thrown = { error };
        throw error;
      }
    });
  } catch (error) {
    if (thrown !== undefined) throw thrown.error;
    throw storageFailed("opening or committing a transaction", error);
  }
}

async function run(handle: DrizzleTx, doing: string, statement: SQL): Promise<readonly Row[]> {
  try {
    return rowsOf(await handle.execute(statement));
  } catch (error) {
    throw storageFailed(doing, error);
  }
}
