import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StorageFixture } from "@csat/conformance";
import { migrate, openSqlite, sqliteStorage, type Transaction } from "../src/index.ts";

/** A migrated file that nobody else knows, opened as two processes would open it. */
export async function anEmptyFile() {
  const folder = await mkdtemp(join(tmpdir(), "csat-sqlite-"));
  const url = `file:${join(folder, "helpdesk.db")}`;
  const sqlite = openSqlite({ url });
  const otherProcess = openSqlite({ url });
  await migrate(sqlite);
  return {
    url,
    sqlite,
    otherProcess,
    async close() {
      sqlite.close();
      otherProcess.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What the conformance kit asks for. */
export async function anEmptyFixture(): Promise<StorageFixture<Transaction> & { close(): Promise<void> }> {
  const { sqlite, otherProcess, close } = await anEmptyFile();
  const rolledBack = new Error("rolled back");
  return {
    storage: sqliteStorage(sqlite),
    otherProcess: sqliteStorage(otherProcess),
    hostTransaction: (work) =>
      sqlite
        .transaction(async (tx) => {
          if ((await work(tx)) === "rollback") throw rolledBack;
        })
        .catch((error: unknown) => {
          if (error !== rolledBack) throw error;
        }),
    // SQLite's sessions know no time zone.
    inZone: async () => sqliteStorage(sqlite),
    close,
  };
}
