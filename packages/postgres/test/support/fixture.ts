import type { StorageFixture } from "@csat/conformance";
import { type DrizzleTx, postgresStorage } from "@csat/postgres";
import { sql } from "drizzle-orm";

type Database = Parameters<typeof postgresStorage>[0];
/** What joins a transaction of the host. */
export type HostTx = Parameters<ReturnType<typeof postgresStorage>["within"]>[0];

/** What a fixture of the kit is made of: handles on the same rows, and the host's own way to open a transaction. */
export interface Handles {
  readonly db: Database;
  readonly other: Database;
  /** Runs statements of the test itself. */
  readonly admin: DrizzleTx;
  /** Opens a transaction, which rolls back when `work` rejects. */
  transaction(work: (tx: HostTx) => Promise<void>): Promise<unknown>;
  /** A handle whose sessions run in this zone. */
  inZone(zone: string): Database | Promise<Database>;
}

/** A fixture of the conformance kit over these handles, whose rows are removed first. */
export async function aFixture({
  db,
  other,
  admin,
  transaction,
  inZone,
}: Handles): Promise<StorageFixture<HostTx> & { close(): Promise<void> }> {
  await emptyTables(admin);
  const rolledBack = new Error("rolled back");
  return {
    storage: postgresStorage(db),
    otherProcess: postgresStorage(other),
    async hostTransaction(work) {
      try {
        await transaction(async (tx) => {
          if ((await work(tx)) === "rollback") throw rolledBack;
        });
      } catch (error) {
        if (error !== rolledBack) throw error;
      }
    },
    inZone: async (zone) => postgresStorage(await inZone(zone)),
    close: async () => {},
  };
}

const tables = "tickets customers events workspaces due_tickets due_events tokens answers journal".split(" ");
const counts = "daily_counts daily_totals count_deltas".split(" ");

/** Removes every row. TRUNCATE takes ten times as long on tables of a few rows. */
export async function emptyTables(db: DrizzleTx): Promise<void> {
  const deletions = [...tables, ...counts].map((table) => `${table}_gone as (delete from csat.${table})`);
  await db.execute(sql.raw(`with ${deletions.join(", ")} select 1`));
}
