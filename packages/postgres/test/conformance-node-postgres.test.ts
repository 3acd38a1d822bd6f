import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import { aFixture } from "./support/fixture.ts";
import { openPool } from "./support/open-pool.ts";
import { runner } from "./support/runner.ts";
import { aServerDatabase } from "./support/server-database.ts";
import { zonedPools } from "./support/zoned-pools.ts";

const database = aServerDatabase();
const zoned = zonedPools(database.url);
let pools: readonly [Pool, Pool];
beforeAll(() => {
  pools = [openPool(database.url()), openPool(database.url())];
});
afterAll(() => Promise.all(pools.map((pool) => pool.end())));

testStorage(
  "postgresStorage on a server, through a drizzle database of node-postgres",
  {
    create: () => {
      const db = drizzle(pools[0]);
      return aFixture({
        db,
        other: drizzle(pools[1]),
        admin: db,
        transaction: (work) => db.transaction(work),
        inZone: (zone) => drizzle(zoned(zone)),
      });
    },
  },
  runner,
);
