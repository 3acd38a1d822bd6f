import { inspectDatabase, type MysqlExecutor, migrate, mysqlStorage, printMigrations } from "@csat/mysql";
import { createTestMysql, type TestDatabase } from "@csat-internal/test-support";
import type { Pool, RowDataPacket } from "mysql2/promise";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { aWorkspace, ticketChange, ticketKey } from "./support/heads.ts";
import { openPool } from "./support/open-pool.ts";

let database: TestDatabase;
let pools: Pool[];
beforeEach(async () => {
  database = await createTestMysql(inject("mysqlUrl"));
  pools = [];
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** A process of its own, with its own connection. */
function aProcess(options: { readonly zone?: string } = {}): Pool {
  const pool = openPool(database.url, { size: 1, ...options });
  pools.push(pool);
  return pool;
}

async function rowsOf(pool: Pool, text: string): Promise<readonly unknown[]> {
  const [rows] = await pool.query<RowDataPacket[]>(text);
  return rows.map((row) => ({ ...row }));
}

const tables = (pool: Pool) =>
  rowsOf(
    pool,
    "select table_name as name from information_schema.tables where table_schema = database() order by 1",
  );

test("six processes that start at once migrate once, and none fails", async () => {
  const processes = Array.from({ length: 6 }, () => aProcess());
  await Promise.all(processes.map((pool) => migrate(pool)));
  expect(await tables(aProcess())).toHaveLength(14);
  expect(await rowsOf(aProcess(), "select number, name from csat_migrations")).toEqual([
    { number: 1, name: "init" },
  ]);
});

test("a second migration changes nothing, and needs no right to create anything", async () => {
  const pool = aProcess();
  await migrate(pool);
  const key = ticketKey(aWorkspace());
  await mysqlStorage(pool).auto.write([ticketChange(key)]);
  const reading: MysqlExecutor = {
    query: ({ text, values }) => {
      if (!/^select/i.test(text)) throw new Error(`not a read: ${text}`);
      return pool.query({ sql: text, values: [...values] });
    },
    transaction: () => Promise.reject(new Error("a transaction was opened")),
  };
  await migrate(reading);
  expect(await mysqlStorage(pool).auto.read([key])).toMatchObject([{ version: 1 }]);
});

test("two prefixes in one database know nothing of each other", async () => {
  const pool = aProcess();
  await migrate(pool, { tablePrefix: "one_" });
  await migrate(pool, { tablePrefix: "other_" });
  const key = ticketKey(aWorkspace());
  await mysqlStorage(pool, { tablePrefix: "one_" }).auto.write([ticketChange(key)]);
  expect(await mysqlStorage(pool, { tablePrefix: "other_" }).auto.read([key])).toMatchObject([
    { version: 0 },
  ]);
});

test.each(["", "1st", "csat-", "CSAT_", "x".repeat(41), 5])(
  "the prefix %j is refused",
  async (tablePrefix) => {
    // Hosts without types pass anything.
    const options = { tablePrefix } as { tablePrefix: string };
    const refusal = { code: "invalid_config", issues: [{ path: "tablePrefix" }] };
    await expect(migrate(aProcess(), options)).rejects.toMatchObject(refusal);
    expect(() => mysqlStorage(aProcess(), options)).toThrow(/tablePrefix must be the beginning/);
  },
);

test("the printed SQL makes the same tables, and migrate takes them as its own", async () => {
  const pool = aProcess();
  const [[version]] = await pool.query<RowDataPacket[]>("select version() as version");
  const server = /mariadb/i.test(String(version?.version)) ? "mariadb" : "mysql";
  for (const statement of printMigrations({ server })
    .split(";\n")
    .filter((text) => text.trim() !== ""))
    await pool.query(statement);
  await migrate(pool);
  await migrate(pool, { tablePrefix: "ours_" });
  const columns = (prefix: string) =>
    rowsOf(
      pool,
      `select substr(table_name, ${prefix.length + 1}) as name, column_name, column_type, is_nullable, column_default,
         collation_name, extra from information_schema.columns
       where table_schema = database() and table_name like '${prefix.replaceAll("_", "\\_")}%' order by 1, 2`,
    );
  expect(await columns("csat_")).toEqual(await columns("ours_"));
  expect(await columns("csat_")).not.toEqual([]);
  expect(printMigrations({ server, after: 1 })).not.toContain("tickets");
  expect(printMigrations({ server: "mysql" })).toContain("utf8mb4_0900_bin");
});

test("a table of the host's with such a name is left alone, and named", async () => {
  const pool = aProcess();
  await pool.query("create table csat_journal (a int)");
  await expect(migrate(pool)).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringMatching(/migrating the tables csat_….*csat_journal.*another tablePrefix/),
  });
  expect(await tables(pool)).toEqual([{ name: "csat_journal" }]);
});

test("a migration that broke off in the middle of a step is finished by the next one", async () => {
  const pool = aProcess();
  let statements = 0;
  const dying = {
    query: async ({ text, values }: { readonly text: string; readonly values: readonly unknown[] }) => {
      if (text.startsWith("create") && ++statements > 5) throw new Error("the process died");
      return pool.query({ sql: text, values: [...values] });
    },
  };
  const dead: MysqlExecutor = { ...dying, transaction: (work) => work(dying) };
  await expect(migrate(dead)).rejects.toMatchObject({
    code: "storage_failed",
  });
  expect(await inspectDatabase(pool)).toMatchObject({ schemaVersion: 0 });
  await migrate(pool);
  expect(await tables(pool)).toHaveLength(14);
  expect(await inspectDatabase(pool)).toMatchObject({ schemaVersion: 1, expectedSchemaVersion: 1 });
});

test("an empty database is at version 0, a migrated one at the newest, and the host's own tables have none", async () => {
  const pool = aProcess();
  expect(await inspectDatabase(pool)).toMatchObject({ schemaVersion: 0, expectedSchemaVersion: 1 });
  await migrate(pool);
  expect(await inspectDatabase(pool, { tablePrefix: "other_" })).toMatchObject({ schemaVersion: 0 });
  await pool.query("insert into csat_migrations (number, name) values (2, 'later')");
  expect(await inspectDatabase(pool)).toMatchObject({ schemaVersion: 2, expectedSchemaVersion: 1 });
  await pool.query("drop table csat_migrations");
  expect(await inspectDatabase(pool)).toMatchObject({ schemaVersion: null });
});

test.each(["+09:00", "-11:00"])("the clock is the database's, in a session at %s", async (zone) => {
  const pool = aProcess({ zone });
  const ms = async () =>
    Number(Object.values((await rowsOf(pool, "select unix_timestamp(now(3)) * 1000 as ms"))[0] ?? {})[0]);
  const before = await ms();
  const { now } = await inspectDatabase(pool);
  expect(now.getTime()).toBeGreaterThanOrEqual(Math.floor(before));
  expect(now.getTime()).toBeLessThanOrEqual(await ms());
});

test("a connection without a database, and one in another character set, are refused in words", async () => {
  const { pathname: _, ...bare } = { url: new URL(database.url), pathname: "" };
  bare.url.pathname = "/";
  const without = openPool(bare.url.href, { size: 1 });
  pools.push(without);
  await expect(migrate(without)).rejects.toMatchObject({
    message: expect.stringContaining("Name one in its URL"),
  });
  const latin = openPool(`${database.url}?charset=latin1`, { size: 1 });
  pools.push(latin);
  await expect(migrate(latin)).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringContaining("Set charset of the pool to utf8mb4"),
  });
});

test("a database that cannot be reached is storage_failed", async () => {
  const nowhere = openPool("mysql://nobody:secret@127.0.0.1:1/nothing", { size: 1 });
  pools.push(nowhere);
  await expect(inspectDatabase(nowhere)).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringContaining("Check that the database can be reached."),
    cause: { code: "ECONNREFUSED" },
  });
});
