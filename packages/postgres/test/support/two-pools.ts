import { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import { openPool } from "./open-pool.ts";
import { aServerDatabase } from "./server-database.ts";

/** A database of the file's own, and pools of it as two processes have them; `inZone` gives one whose sessions are in a zone. */
export function twoPools(): {
  readonly pools: () => readonly [Pool, Pool];
  readonly inZone: (zone: string) => Pool;
} {
  const database = aServerDatabase();
  const inZone = zonedPools(database.url);
  let pools: readonly [Pool, Pool] | undefined;
  beforeAll(() => {
    pools = [openPool(database.url()), openPool(database.url())];
  });
  afterAll(() => Promise.all((pools ?? []).map((pool) => pool.end())));
  return {
    pools: () => {
      if (pools === undefined) throw new Error("The pools are open from beforeAll on.");
      return pools;
    },
    inZone,
  };
}

/** Pools whose sessions run in a time zone, opened when they are asked for and closed after the tests of the file. */
function zonedPools(url: () => string): (zone: string) => Pool {
  const pools = new Map<string, Pool>();
  afterAll(() => Promise.all([...pools.values()].map((pool) => pool.end())));
  return (zone) => {
    const known = pools.get(zone);
    if (known !== undefined) return known;
    const open = new Pool({ connectionString: url(), max: 3, options: `-c TimeZone=${zone}` });
    pools.set(zone, open);
    // Dropping the database may end a connection that the server still holds; that is no error of any test.
    open.on("error", () => {});
    return open;
  };
}
