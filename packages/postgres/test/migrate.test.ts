import type { LogFields } from "@csat/core";
import { migrate, postgresStorage, printMigrations } from "@csat/postgres";
import { createTestDatabase, type TestDatabase } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { aWorkspace, ticketChange, ticketKey } from "./support/heads.ts";
import { openPool } from "./support/open-pool.ts";

let database: TestDatabase;
let pools: Pool[];
beforeEach(async () => {
  database = await createTestDatabase(inject("databaseUrl"));
  pools = [];
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** A process of its own, with its own connection. */
function aProcess(): Pool {
  const pool = openPool(database.url, 1);
  pools.push(pool);
  return pool;
}

async function tablesOf(pool: Pool, schema: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ readonly name: string }>(
    "select table_name as name from information_schema.tables where table_schema = $1 order by 1",
    [schema],
  );
  return rows.map(({ name }) => name);
}

const allTables = [
  "answers",
  "count_deltas",
  "customer_tickets",
  "customers",
  "daily_counts",
  "daily_totals",
  "due_events",
  "due_tickets",
  "events",
  "journal",
  "migrations",
  "tickets",
  "tokens",
  "workspaces",
];

test("six processes that start at once migrate once, and none fails", async () => {
  const processes = Array.from({ length: 6 }, () => aProcess());
  await Promise.all(processes.map((pool) => migrate(drizzle(pool))));
  const pool = aProcess();
  expect(await tablesOf(pool, "csat")).toEqual(allTables);
  const { rows } = await pool.query("select number, name from csat.migrations order by number");
  expect(rows).toEqual([{ number: 1, name: "init" }]);
});

test("a second migration changes nothing", async () => {
  const pool = aProcess();
  const storage = postgresStorage(drizzle(pool));
  await migrate(drizzle(pool));
  const key = ticketKey(aWorkspace());
  await storage.auto.write([ticketChange(key)]);
  await migrate(drizzle(pool));
  expect(await storage.auto.read([key])).toMatchObject([{ version: 1 }]);
});

test("two schemas of one database know nothing of each other", async () => {
  const pool = aProcess();
  const db = drizzle(pool);
  await migrate(db, { schema: "one" });
  await migrate(db, { schema: "other" });
  const key = ticketKey(aWorkspace());
  await postgresStorage(db, { schema: "one" }).auto.write([ticketChange(key)]);
  expect(await postgresStorage(db, { schema: "other" }).auto.read([key])).toMatchObject([{ version: 0 }]);
  expect(await tablesOf(pool, "csat")).toEqual([]);
});

test("the printed SQL makes the same tables, and migrate takes them as its own", async () => {
  const printed = aProcess();
  await printed.query(printMigrations());
  await migrate(drizzle(printed));
  await migrate(drizzle(printed), { schema: "ours" });
  const columns = async (schema: string) => {
    const { rows } = await printed.query(
      `select table_name, column_name, data_type, is_nullable, column_default, collation_name
       from information_schema.columns where table_schema = $1 order by 1, 2`,
      [schema],
    );
    return rows;
  };
  expect(await columns("csat")).toEqual(await columns("ours"));
  expect(await columns("csat")).not.toEqual([]);
});

test("the SQL behind a step is empty but for the frame when there is no later step", () => {
  expect(printMigrations({ after: 1 })).not.toContain("tickets");
  expect(printMigrations({ schema: "helpdesk_csat" })).toContain('create table "helpdesk_csat".tickets');
});

test("a migration that cannot be done leaves nothing behind and says which schema it was", async () => {
  const pool = aProcess();
  await pool.query("create schema csat; create table csat.journal (a int)");
  await expect(migrate(drizzle(pool))).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringContaining("migrating the schema csat (42P07)"),
    cause: { code: "42P07" },
  });
  expect(await tablesOf(pool, "csat")).toEqual(["journal"]);
});

test("a process that dies in the middle of a step leaves nothing of it, and the next one goes on", async () => {
  const dying = openPool(database.url, 1);
  pools.push(dying);
  const admin = aProcess();
  // Held up at the record of the step, when all its tables are made.
  await admin.query("create schema csat");
  await dying.query(
    `create table csat.migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())`,
  );
  const blocker = await admin.connect();
  await blocker.query("begin; lock table csat.migrations in share mode");
  const failed = migrate(drizzle(dying)).then(
    () => "migrated",
    () => "died",
  );
  const watcher = aProcess();
  const heldUp = async () => {
    const { rows } = await watcher.query<{ readonly pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and wait_event_type = 'Lock'
       and query like 'insert into%migrations%'`,
    );
    return rows[0]?.pid;
  };
  await expect.poll(heldUp).toBeDefined();
  const pid = await heldUp();
  await watcher.query("select pg_terminate_backend($1)", [pid]);
  expect(await failed).toBe("died");
  await blocker.query("rollback");
  blocker.release();
  expect(await tablesOf(watcher, "csat")).toEqual(["migrations"]);
  await migrate(drizzle(watcher));
  expect(await tablesOf(watcher, "csat")).toEqual(allTables);
});

test("a role that may create nothing may start when there is nothing to do", async () => {
  const admin = aProcess();
  await migrate(drizzle(admin));
  const role = `reader_${Date.now()}`;
  await admin.query(`create role ${role} login; grant usage on schema csat to ${role};
    grant select, insert, update, delete on all tables in schema csat to ${role}`);
  try {
    const restricted = aProcess();
    await restricted.query(`set role ${role}`);
    await migrate(drizzle(restricted));
    const { auto } = postgresStorage(drizzle(restricted));
    expect(await auto.write([ticketChange(ticketKey(aWorkspace()))])).toEqual(["written"]);
  } finally {
    await admin.query(`drop owned by ${role}; drop role ${role}`);
  }
});

test("a migration that is held up asks again until the lock is free", async () => {
  const holder = aProcess();
  await holder.query("select pg_advisory_lock(hashtextextended('csat.migrate.csat', 0))");
  const waits: LogFields[] = [];
  const silent = () => {};
  const logger = {
    debug: silent,
    warn: silent,
    error: silent,
    info(fields: LogFields, message: string) {
      if (message !== "migration waits for a lock") return;
      waits.push(fields);
      void holder.query("select pg_advisory_unlock_all()");
    },
  };
  const pool = aProcess();
  await migrate(drizzle(pool), { logger });
  expect(waits).toEqual([{ schema: "csat", attempt: 1 }]);
  expect(await tablesOf(pool, "csat")).toEqual(allTables);
});
