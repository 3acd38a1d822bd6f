import { inspectDatabase, migrate } from "@csat/postgres";
import { createTestDatabase, createTestPglite, type TestDatabase } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { openPool } from "./support/open-pool.ts";

let database: TestDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await createTestDatabase(inject("databaseUrl"));
  pool = openPool(database.url, 1);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

test("an empty database is at version 0, and a migrated one at the newest", async () => {
  expect(await inspectDatabase(drizzle(pool))).toMatchObject({ schemaVersion: 0, expectedSchemaVersion: 1 });
  await migrate(drizzle(pool));
  expect(await inspectDatabase(drizzle(pool))).toMatchObject({ schemaVersion: 1, expectedSchemaVersion: 1 });
  expect(await inspectDatabase(drizzle(pool), { schema: "other" })).toMatchObject({ schemaVersion: 0 });
});

test("the version is the last step before the first that is missing", async () => {
  await migrate(drizzle(pool));
  await pool.query("update csat.migrations set number = 2, name = 'later'");
  expect(await inspectDatabase(drizzle(pool))).toMatchObject({ schemaVersion: 0 });
});

test("steps of a newer release count", async () => {
  await migrate(drizzle(pool));
  await pool.query("insert into csat.migrations (number, name) values (2, 'later')");
  expect(await inspectDatabase(pool)).toMatchObject({ schemaVersion: 2, expectedSchemaVersion: 1 });
});

test("tables that the host's own migrations made have no version", async () => {
  await migrate(drizzle(pool));
  await pool.query("drop table csat.migrations");
  expect(await inspectDatabase(drizzle(pool))).toMatchObject({ schemaVersion: null });
});

test("the clock is the database's, on a server and on PGlite, whatever the session's time zone", async () => {
  await pool.query("set time zone 'Asia/Tokyo'");
  const before = await pool.query<{ readonly ms: string }>(
    "select extract(epoch from clock_timestamp()) * 1000 as ms",
  );
  const { now } = await inspectDatabase(drizzle(pool));
  const after = await pool.query<{ readonly ms: string }>(
    "select extract(epoch from clock_timestamp()) * 1000 as ms",
  );
  // A Date holds whole milliseconds.
  expect(now.getTime()).toBeGreaterThanOrEqual(Math.floor(Number(before.rows[0]?.ms)));
  expect(now.getTime()).toBeLessThanOrEqual(Number(after.rows[0]?.ms));
  const client = await createTestPglite();
  const state = await inspectDatabase(drizzlePglite(client));
  expect(state).toEqual({ now: expect.any(Date), schemaVersion: 0, expectedSchemaVersion: 1 });
  await client.close();
});

test("a database that cannot be reached is storage_failed", async () => {
  const nowhere = openPool("postgres://127.0.0.1:1/nothing", 1);
  await expect(inspectDatabase(drizzle(nowhere))).rejects.toMatchObject({ code: "storage_failed" });
  await nowhere.end();
});
