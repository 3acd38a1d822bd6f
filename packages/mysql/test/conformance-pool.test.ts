import { testStorage } from "@csat/conformance";
import type { Pool } from "mysql2/promise";
import { afterAll, beforeAll } from "vitest";
import { aFixture, type HostTx } from "./support/fixture.ts";
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
  "mysqlStorage through a bare Pool of mysql2, in host transactions at READ COMMITTED",
  {
    create: () =>
      aFixture({
        db: pools[0],
        other: pools[1],
        admin: pools[0],
        transaction: hostTransaction,
        inZone: zoned,
      }),
  },
  runner,
);

/** A transaction as a host without drizzle opens one. */
async function hostTransaction(work: (tx: HostTx) => Promise<void>): Promise<void> {
  const connection = await pools[0].getConnection();
  try {
    await connection.query("set transaction isolation level read committed");
    await connection.beginTransaction();
    await work({ query: ({ text, values }) => connection.execute({ sql: text, values: [...values] }) });
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}
