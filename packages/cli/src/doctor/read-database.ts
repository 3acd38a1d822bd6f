import { type Health, isCsatError, sqlState } from "@csat/core";
import { type Attempt, attempt } from "../attempt.ts";
import type { CsatConfig, DatabaseState } from "../config.ts";

/** What the database was asked, once for all checks. */
export interface DatabaseReading {
  /** Null when the config does not say how. */
  readonly state: Attempt<DatabaseState> | null;
  readonly backlog: Attempt<Health>;
}

/** Asks the database what it is and what waits in it, both at once. */
export async function readDatabase(config: CsatConfig, timeoutMs: number): Promise<DatabaseReading> {
  const inspect = config.database?.inspect;
  const [state, backlog] = await Promise.all([
    inspect === undefined ? null : attempt({ timeoutMs, work: inspect }),
    attempt({ timeoutMs, work: () => config.csat.health() }),
  ]);
  return { state, backlog };
}

// No such table, schema or column, in Postgres' words and in MySQL's: whoever says so was reached.
const tableCodes: readonly unknown[] = ["42P01", "3F000", "42703", "42S02", "42S22"];

/** True for the failure of a database that answers and lacks our tables, or has old ones. */
export function lacksTables(read: Attempt<unknown>): boolean {
  if (read.kind !== "failed" || !isCsatError(read.error, "storage_failed")) return false;
  return tableCodes.includes(sqlState(read.error));
}
