import type { Pool } from "mysql2/promise";
import { afterAll } from "vitest";
import { offsetOf, openPool } from "./open-pool.ts";

/** Pools whose sessions run in a time zone, opened when they are asked for and closed after the tests of the file. */
export function zonedPools(url: () => string): (zone: string) => Pool {
  const pools = new Map<string, Pool>();
  afterAll(() => Promise.all([...pools.values()].map((pool) => pool.end())));
  return (zone) => {
    const known = pools.get(zone);
    if (known !== undefined) return known;
    const open = openPool(url(), { size: 3, zone: offsetOf(zone) });
    pools.set(zone, open);
    return open;
  };
}
