import { migrate, postgresStorage } from "@csat/postgres";
import { createTestPglite, sized } from "@csat-internal/test-support";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { expect, test } from "vitest";
import { expectEveryKind } from "./every-kind.ts";
import { historiesTimeoutMs, historyCount, runHistories } from "./run-histories.ts";

test(
  "every figure of random histories on PGlite, in Tokyo, equals a second computation",
  async () => {
    // S38, S40, S41, S42, S44, S45, S46, S47, S48, S49, S56, S73, S76, S85
    const client = await createTestPglite();
    const db = drizzle(client);
    await db.execute(sql`alter database postgres set timezone to 'Asia/Tokyo'`);
    // PGlite's one session began before that.
    await db.execute(sql`set time zone 'Asia/Tokyo'`);
    await migrate(db);
    expect((await client.query("show timezone")).rows).toEqual([{ TimeZone: "Asia/Tokyo" }]);
    const tally = await runHistories({
      count: historyCount({ usual: 18, full: 300 }),
      // A group for each zone of a process.
      atOnce: sized({ usual: 6, full: 10 }),
      storageFor: () => postgresStorage(db),
    });
    expectEveryKind(tally);
    expect((await client.query("show timezone")).rows).toEqual([{ TimeZone: "Asia/Tokyo" }]);
    await client.close();
  },
  historiesTimeoutMs,
);
