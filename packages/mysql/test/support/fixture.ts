import type { StorageFixture } from "@csat/conformance";
import { mysqlStorage } from "@csat/mysql";
import type { Pool } from "mysql2/promise";

type Database = Parameters<typeof mysqlStorage>[0];
/** What joins a transaction of the host. */
export type HostTx = Parameters<ReturnType<typeof mysqlStorage>["within"]>[0];

/** What a fixture of the kit is made of: handles on the same rows, and the host's own way to open a transaction. */
export interface Handles {
  readonly db: Database;
  readonly other: Database;
  /** Runs statements of the test itself. */
  readonly admin: Pool;
  /** Opens a transaction, which rolls back when `work` rejects. */
  transaction(work: (tx: HostTx) => Promise<void>): Promise<unknown>;
  /** A handle whose sessions run in this zone. */
  inZone(zone: string): Database;
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
    storage: mysqlStorage(db),
    otherProcess: mysqlStorage(other),
    async hostTransaction(work) {
      try {
        await transaction(async (tx) => {
          if ((await work(tx)) === "rollback") throw rolledBack;
        });
      } catch (error) {
        if (error !== rolledBack) throw error;
      }
    },
    inZone: async (zone) => mysqlStorage(inZone(zone)),
    close: async () => {},
  };
}

const tables =
  "tickets customers events workspaces due_tickets due_events tokens customer_tickets answers journal daily_counts daily_totals count_deltas".split(
    " ",
  );

/** Removes every row. TRUNCATE, which makes the table anew, takes longer on tables of a few rows. */
export async function emptyTables(pool: Pool): Promise<void> {
  for (const table of tables) await pool.query(`delete from csat_${table}`);
}
