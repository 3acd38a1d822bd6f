import { setTimeout as pause } from "node:timers/promises";
import { CsatError } from "@csat/core";
import { createClient, type ResultSet } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import { isBusy } from "./driver-error.ts";
import { oneAfterAnother } from "./in-turn.ts";

/** What reads and writes rows: drizzle's database, and each of its transactions. */
export type Rows = Pick<
  BaseSQLiteDatabase<"async", ResultSet>,
  "select" | "insert" | "update" | "delete" | "run" | "all"
>;

/** A file that host and storage share. */
export interface Sqlite {
  /** Sees what is committed and waits for nobody. Not for writing: a write here fails while anybody else writes. */
  readonly reader: Rows;
  /**
   * Runs `work` as SQLite's only writer: commits when it resolves, rolls back when it rejects. Not nested: a second
   * transaction from inside `work` waits for ever.
   * @throws CsatError `storage_failed` when another process has been writing for `patienceMs`
   */
  transaction<Result>(work: (tx: Rows) => Promise<Result>): Promise<Result>;
  /** Ends all connections. */
  close(): void;
}

const longestPauseMs = 8;

/** Opens a file, e.g. `file:/var/lib/helpdesk.db`. Once per process: its writers then take turns instead of colliding. */
export function openSqlite({
  url,
  patienceMs = 10_000,
}: {
  readonly url: string;
  /** How long a write waits for other processes, in milliseconds; 10 seconds by default. */
  readonly patienceMs?: number;
}): Sqlite {
  const readers = createClient({ url });
  const writer = createClient({ url });
  const inTurn = oneAfterAnother();

  /** Undefined while another process writes. */
  async function tried<Result>(
    work: (tx: Rows) => Promise<Result>,
  ): Promise<{ readonly result: Result } | undefined> {
    let hasBegun = false;
    try {
      // Where the lock is taken, the driver (libsql 0.5) leaves its refused BEGIN open, and that connection can never
      // commit again. A script of statements is closed properly, so the lock is tried by one first.
      await writer.executeMultiple("begin immediate; commit");
      const result = await drizzle(writer).transaction((tx) => {
        hasBegun = true;
        return work(tx);
      });
      return { result };
    } catch (error) {
      if (hasBegun || !isBusy(error)) throw error;
      // Somebody came in between the script and the transaction: see above.
      writer.reconnect();
      return undefined;
    }
  }

  async function waited<Result>(work: (tx: Rows) => Promise<Result>): Promise<Result> {
    // SQLite could wait by itself, but that blocks the process's only thread.
    for (let waitedMs = 0; waitedMs < patienceMs; ) {
      const done = await tried(work);
      if (done !== undefined) return done.result;
      const pauseMs = 1 + Math.random() * longestPauseMs;
      await pause(pauseMs);
      waitedMs += pauseMs;
    }
    throw new CsatError(
      "storage_failed",
      `Another process has kept the database locked for ${patienceMs} ms. Look for a transaction that is left open.`,
    );
  }

  return {
    reader: drizzle(readers),
    transaction: (work) => inTurn(() => waited(work)),
    close() {
      readers.close();
      writer.close();
    },
  };
}
