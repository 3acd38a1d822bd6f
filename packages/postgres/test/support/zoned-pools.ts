import { Pool } from "pg";
import { afterAll } from "vitest";

/** Pools whose sessions run in a time zone, opened when they are asked for and closed after the tests of the file. */
export function zonedPools(url: () => string): (zone: string) => Pool {
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
