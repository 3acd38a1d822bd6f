import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import { aFixture } from "./support/fixture.ts";
import { openPool } from "./support/open-pool.ts";
import { runner } from "./support/runner.ts";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();
let pools: readonly [Pool, Pool];
beforeAll(() => {
  pools = [openPool(database.url()), openPool(database.url())];
});
afterAll(() => Promise.all(pools.map((pool) => pool.end())));

testStorage(
  "postgresStorage on a server, through node-postgres",
  { create: () => aFixture(drizzle(pools[0]), drizzle(pools[1])) },
  runner,
);
