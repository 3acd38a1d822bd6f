import { sql } from "drizzle-orm";
import type { Rows } from "./open-sqlite.ts";

/** The time on the database's clock: the one clock that every worker shares. Leases run on it, never on a caller's `now`. */
export async function databaseNow(rows: Rows): Promise<Date> {
  // The clock of SQLite is a function of SQL, to the millisecond since 3.42.
  const [clock] = await rows.all<{ readonly ms: number }>(
    sql`select cast(round(unixepoch('subsec') * 1000) as integer) as ms`,
  );
  if (clock === undefined) throw new Error("SQLite told no time.");
  return new Date(clock.ms);
}

/** A lease of its own for every claim, so that a late writer is known by it. */
export function newLease({ from, forMs }: { readonly from: Date; readonly forMs: number }): {
  readonly leaseId: string;
  readonly leaseUntil: Date;
} {
  return { leaseId: crypto.randomUUID(), leaseUntil: new Date(from.getTime() + forMs) };
}
