import type { Session, Store } from "@csat/core";
import { type DrizzleTx, type Executor, postgresStorage } from "@csat/postgres";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import { openPool } from "./open-pool.ts";
import { aServerDatabase } from "./server-database.ts";

/** Real connections to one database of the server, for tests of what happens between them. */
export interface Connections {
  db(): NodePgDatabase;
  storage(): Store<DrizzleTx | Executor>;
  pool(): Pool;
  url(): string;
}

/** Opens a pool of `size` connections for the tests of a file. */
export function connections(size = 8): Connections {
  const database = aServerDatabase();
  let pool: Pool | undefined;
  const opened = (): Pool => {
    if (pool === undefined) throw new Error("connections are open while tests run");
    return pool;
  };
  beforeAll(() => {
    pool = openPool(database.url(), size);
  });
  afterAll(() => pool?.end());
  return {
    db: () => drizzle(opened()),
    storage: () => postgresStorage(drizzle(opened())),
    pool: opened,
    url: database.url,
  };
}

/**
 * Two steps that meet, in a fixed order: `first` has written and not committed when `second` begins; it commits once
 * `second` waits for it, or is through without waiting.
 */
export async function meeting<First, Second>(
  { db, storage, pool }: Connections,
  first: (session: Session) => Promise<First>,
  second: (storage: Store<DrizzleTx | Executor>) => Promise<Second>,
): Promise<{ readonly first: First; readonly second: Second; readonly waited: boolean }> {
  const { done, settled, waited } = await db().transaction(async (tx) => {
    const done = await first(storage().within(tx));
    let isThrough = false;
    const settled = Promise.allSettled([second(storage())]).finally(() => {
      isThrough = true;
    });
    let waited = false;
    while (!isThrough && !waited) waited = (await waiting(pool())) > 0;
    return { done, settled, waited };
  });
  const [outcome] = await settled;
  if (outcome.status === "rejected") throw outcome.reason;
  return { first: done, second: outcome.value, waited };
}

/** How many connections to this database wait for a lock. */
async function waiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ readonly waiting: number }>(
    "select count(*)::int as waiting from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and wait_event_type = 'Lock'",
  );
  return rows[0]?.waiting ?? 0;
}

/** Resolves once so many connections wait for a lock. */
export async function untilWaiting(pool: Pool, count: number): Promise<void> {
  while ((await waiting(pool)) < count);
}
