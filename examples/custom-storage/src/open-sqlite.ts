import { setTimeout as pause } from "node:timers/promises";
import { CsatError, oneAfterAnother } from "@csat/core";
import { createClient } from "@libsql/client";
import { drizzle, type LibSQLDatabase } from "drizzle-orm/libsql";
import { driverError } from "./sql.ts";

/** An open transaction of drizzle. Its `transaction` is a savepoint. */
export type Transaction = Parameters<Parameters<LibSQLDatabase["transaction"]>[0]>[0];

/** A file that host and storage share. */
export interface Sqlite {
  /** Sees what is committed and waits for nobody. Not for writing: a write here fails while anybody else writes. */
  readonly reader: LibSQLDatabase;
  /**
   * Runs `work` as SQLite's only writer: commits when it resolves, rolls back when it rejects. Not nested: a second one from
   * inside waits for ever. @throws CsatError `storage_failed` when another process has been writing for `patienceMs`
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Ends all connections. */
  close(): void;
}

/** Opens a file, once per process: its writers take turns, and wait for those of others for `patienceMs`, by default 10 s. */
export function openSqlite({ url, patienceMs = 10_000 }: { url: string; patienceMs?: number }): Sqlite {
  const [readers, writer, inTurn] = [createClient({ url }), createClient({ url }), oneAfterAnother()];
  const pauseMs = 5;
  async function whenFree<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    // SQLite could wait by itself, but that blocks the process's only thread.
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pauseMs) {
      let hasBegun = false;
      try {
        // The driver (libsql 0.5) leaves a refused BEGIN open, and that connection can never commit again. A script is
        // closed properly, so it tries the lock first; whoever comes in behind it costs us the connection.
        await writer.executeMultiple("begin immediate; commit");
        return await drizzle(writer).transaction((tx) => {
          hasBegun = true;
          return work(tx);
        });
      } catch (error) {
        if (hasBegun || driverError(error)?.code !== "SQLITE_BUSY") throw error;
        writer.reconnect();
        await pause(pauseMs);
      }
    }
    throw new CsatError("storage_failed", `Locked for ${patienceMs} ms: is another transaction left open?`);
  }
  return {
    reader: drizzle(readers),
    transaction: (work) => inTurn(() => whenFree(work)),
    close: () => [readers, writer].map((client) => client.close()),
  };
}
