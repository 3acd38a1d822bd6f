import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/mysql2";
import type { Pool } from "mysql2/promise";
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
  "mysqlStorage through a drizzle database, in host transactions at REPEATABLE READ",
  {
    create: () => {
      const db = drizzle(pools[0]);
      return aFixture({
        db,
        other: drizzle(pools[1]),
        admin: pools[0],
        transaction: (work) => db.transaction(work, { isolationLevel: "repeatable read" }),
        inZone: (zone) => drizzle(zoned(zone)),
      });
    },
  },
  runner,
);
