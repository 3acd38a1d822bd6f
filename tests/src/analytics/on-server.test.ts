import { migrate, postgresStorage } from "@csat/postgres";
import { createTestDatabase, sized } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { expectEveryKind } from "./every-kind.ts";
import { historiesTimeoutMs, historyCount, runHistories } from "./run-histories.ts";

test(
  "every figure of random histories on a Postgres server, in Tokyo, equals a second computation",
  async () => {
    // S38, S40, S41, S42, S44, S45, S46, S47, S48, S49, S56, S73, S76, S85
    const database = await createTestDatabase(inject("databaseUrl"));
    await moveToTokyo(database.url);
    const pool = new pg.Pool({ connectionString: database.url, max: 10 });
    const db = drizzle(pool);
    await migrate(db);
    expect((await pool.query("show timezone")).rows).toEqual([{ TimeZone: "Asia/Tokyo" }]);
    const tally = await runHistories({
      count: historyCount({ usual: 18, full: 300 }),
      // A group for each zone of a process.
      atOnce: sized({ usual: 6, full: 10 }),
      storageFor: () => postgresStorage(db),
    });
    expectEveryKind(tally);
    await pool.end();
    await database.drop();
  },
  historiesTimeoutMs,
);

/** For the sessions to come. */
async function moveToTokyo(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`alter database "${new URL(url).pathname.slice(1)}" set timezone to 'Asia/Tokyo'`);
  await client.end();
}
