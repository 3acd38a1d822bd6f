import { migrate, mysqlStorage } from "@csat/mysql";
import { createTestMysql, sized } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/mysql2";
import { createPool } from "mysql2/promise";
import { expect, inject, test } from "vitest";
import { expectEveryKind } from "./every-kind.ts";
import { historiesTimeoutMs, historyCount, runHistories } from "./run-histories.ts";

test(
  "every figure of random histories on MySQL, in sessions nine hours ahead, equals a second computation",
  async () => {
    // S38, S40, S41, S42, S44, S45, S46, S47, S48, S49, S56, S73, S76, S85
    const database = await createTestMysql(inject("mysqlUrl"));
    const pool = createPool({ uri: database.url, connectionLimit: 10 });
    // Statements of whoever gets the new connection queue behind this one.
    pool.pool.on("connection", (connection) => {
      connection.query("set time_zone = '+09:00'");
    });
    const db = drizzle(pool);
    await migrate(db);
    expect((await pool.query("select @@session.time_zone as zone"))[0]).toEqual([{ zone: "+09:00" }]);
    const tally = await runHistories({
      count: historyCount({ usual: 18, full: 300 }),
      // A group for each zone of a process.
      atOnce: sized({ usual: 6, full: 10 }),
      storageFor: () => mysqlStorage(db),
    });
    expectEveryKind(tally);
    await pool.end();
    await database.drop();
  },
  historiesTimeoutMs,
);
