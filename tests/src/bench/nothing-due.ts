import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";

/** Resolves when nothing waits any more. */
export async function nothingDue(pool: Pool, table: "due_tickets" | "due_events"): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(`select 1 from csat.${table} where wake_at is not null limit 1`);
    if (rows.length === 0) return;
    await pause(5);
  }
}
