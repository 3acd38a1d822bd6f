import type { StorageFixture } from "@csat/conformance";
import { type DrizzleDatabase, type DrizzleTx, postgresStorage } from "@csat/postgres";
import { sql } from "drizzle-orm";

const tables = "tickets surveys due_surveys tokens responses events due_events journal settings".split(" ");

/** A fixture of the conformance kit over two databases handles on the same rows, which are removed first. */
export async function aFixture(
  db: DrizzleDatabase,
  other: DrizzleDatabase,
): Promise<StorageFixture<DrizzleTx> & { close(): Promise<void> }> {
  await emptyTables(db);
  return {
    storage: postgresStorage(db),
    otherProcess: postgresStorage(other),
    hostTransaction: (work) => hostTransaction(db, work),
    writeStatus: async ({ workspaceId, ticketId }, status) => {
      await db.execute(sql`update csat.surveys set status = ${status}
        where workspace_id = ${workspaceId} and ticket_id = ${ticketId}`);
    },
    close: async () => {},
  };
}

/** Removes every row. TRUNCATE takes ten times as long on tables of a few rows. */
export async function emptyTables(db: DrizzleTx): Promise<void> {
  const deletions = tables.map((table) => `${table} as (delete from csat.${table})`);
  await db.execute(sql.raw(`with ${deletions.join(", ")} select 1`));
  // What was deleted was counted, at the end of that statement.
  await db.execute(
    sql.raw(
      "with daily as (delete from csat.daily_counts), totals as (delete from csat.daily_totals) delete from csat.count_deltas",
    ),
  );
}

/** Opens a transaction as a host does, and ends it as `work` says. */
async function hostTransaction(
  db: DrizzleDatabase,
  work: (tx: DrizzleTx) => Promise<"commit" | "rollback">,
): Promise<void> {
  const rolledBack = new Error("rolled back");
  try {
    await db.transaction(async (tx) => {
      if ((await work(tx)) === "rollback") throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack) throw error;
  }
}
