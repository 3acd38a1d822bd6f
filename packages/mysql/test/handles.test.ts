import { fromMysql2 } from "@csat/core/transactions";
import { type DrizzleDatabase, inspectDatabase, migrate, mysqlStorage } from "@csat/mysql";
import { drizzle as drizzleMysqlProxy } from "drizzle-orm/mysql-proxy";
import { drizzle } from "drizzle-orm/mysql2";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import mysql from "mysql2";
import { createPool } from "mysql2/promise";
import { afterAll, describe, expect, test } from "vitest";
import { aWorkspace, ticketChange, ticketKey } from "./support/heads.ts";
import { openPool } from "./support/open-pool.ts";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();

/** Nothing listens there, and nothing here runs a statement. */
const nowhere = "mysql://nobody@127.0.0.1:1/none";
const neverCalled = async (): Promise<never> => Promise.reject(new Error("a statement ran"));
const oneConnection = { query() {}, execute() {}, beginTransaction() {}, format() {} };

describe.each<readonly [string, () => unknown, RegExp]>([
  [
    "mysql-proxy",
    () => drizzleMysqlProxy(neverCalled),
    /MySqlRemoteDatabase has no transactions.*drizzle-orm\/mysql2/,
  ],
  [
    "a drizzle database of Postgres",
    () => drizzleNodePostgres("postgres://nobody@127.0.0.1:1/none"),
    /is no drizzle database of MySQL/,
  ],
  [
    "a pool of pg",
    () => ({ connect() {}, query() {}, totalCount: 0 }),
    /client of Postgres.*@csat\/postgres/,
  ],
  ["one connection of mysql2", () => oneConnection, /one connection of mysql2.*Give CSAT a Pool/],
  [
    "a pool of the package mysql",
    () => ({ getConnection() {}, query() {}, escape() {} }),
    /of the package mysql/,
  ],
  ["statements without transactions", () => ({ query() {} }), /A database is needed/],
  ["nothing", () => undefined, /A database is needed/],
])("%s is refused at once and by name", (_name, open, expected) => {
  // Hosts without types hand over anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const db = () => open() as DrizzleDatabase;
  const refusal = {
    code: "invalid_config",
    issues: [{ path: "db" }],
    message: expect.stringMatching(expected),
  };

  test("by mysqlStorage, migrate and inspectDatabase", async () => {
    await expect((async () => mysqlStorage(db()))()).rejects.toMatchObject(refusal);
    await expect(migrate(db())).rejects.toMatchObject(refusal);
    await expect(inspectDatabase(db())).rejects.toMatchObject(refusal);
  });
});

describe("tx", () => {
  const pool = createPool(nowhere);
  afterAll(() => pool.end());
  const storage = mysqlStorage(pool);
  const within = (tx: unknown) => () =>
    // Hosts without types hand over anything.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    storage.within(tx as DrizzleDatabase);

  test.each<readonly [string, () => unknown, RegExp]>([
    ["the database itself", () => drizzle(pool), /tx is the database itself/],
    ["a pool", () => pool, /tx is a pool/],
    [
      "a database of Postgres",
      () => drizzleNodePostgres("postgres://nobody@127.0.0.1:1/none"),
      /no transaction of MySQL/,
    ],
    ["a connection", () => oneConnection, /connection of mysql2.*fromMysql2/],
    [
      "what runs statements and opens transactions",
      () => ({ query() {}, transaction() {} }),
      /the database itself/,
    ],
    ["true", () => true, /an object with execute/],
  ])("that is %s is refused", (_name, open, expected) => {
    expect(within(open())).toThrow(expected);
    expect(within(open())).toThrow(
      expect.objectContaining({ code: "invalid_input", issues: [expect.objectContaining({ path: "tx" })] }),
    );
  });
});

test("a transaction of drizzle is taken, a nested one too, and so is one that a connection began", async () => {
  const pool = openPool(database.url());
  const storage = mysqlStorage(pool);
  const [one, nested, begun] = ["T1", "T2", "T3"].map((id) => ticketKey(aWorkspace(), id));
  if (one === undefined || nested === undefined || begun === undefined) throw new Error("three tickets");
  await drizzle(pool).transaction(async (tx) => {
    await storage.within(tx).write([ticketChange(one)]);
    await tx
      .transaction(async (inner) => {
        await storage.within(inner).write([ticketChange(nested)]);
        throw new Error("the host changed its mind");
      })
      .catch(() => {});
  });
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  await storage.within(drizzle(connection)).write([ticketChange(begun)]);
  const handed = storage.within(fromMysql2(connection));
  expect(await handed.write([ticketChange(begun, { expected: 1 })])).toEqual(["written"]);
  await connection.commit();
  await expect(storage.within(fromMysql2(connection)).read([begun])).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining("has ended"),
  });
  connection.release();
  for (const [key, version] of [
    [one, 1],
    [nested, 0],
    [begun, 2],
  ] as const)
    expect(await storage.auto.read([key])).toMatchObject([{ version }]);
  await pool.end();
});

describe.each<
  readonly [string, () => { readonly db: Parameters<typeof mysqlStorage>[0]; end(): Promise<void> }]
>([
  [
    "a pool with callbacks",
    () => {
      const db = mysql.createPool(database.url());
      return { db, end: () => db.promise().end() };
    },
  ],
  [
    "drizzle over a pool with callbacks",
    () => {
      const pool = mysql.createPool(database.url());
      return { db: drizzle(pool), end: () => pool.promise().end() };
    },
  ],
  [
    "a pool that answers rows as lists, numbers as text and times as dates of another zone",
    () => {
      const pool = createPool({
        uri: database.url(),
        rowsAsArray: true,
        supportBigNumbers: true,
        bigNumberStrings: true,
        dateStrings: false,
        timezone: "+09:00",
        namedPlaceholders: true,
        typeCast: (field, next) => (field.type === "VAR_STRING" ? "cast" : next()),
      });
      return { db: pool, end: () => pool.end() };
    },
  ],
  [
    "a drizzle database of an unknown driver",
    () => {
      const pool = openPool(database.url());
      const inner = drizzle(pool);
      const db: DrizzleDatabase = {
        execute: (query) => inner.execute(query as Parameters<typeof inner.execute>[0]), // Both are what drizzle executes.
        transaction: (work, config) => inner.transaction(work, config),
      };
      return { db, end: () => pool.end() };
    },
  ],
])("%s", (_name, open) => {
  test.each([true, false])("reads, writes, claims and lists (prepared: %s)", async (prepare) => {
    const { db, end } = open();
    const storage = mysqlStorage(db, { prepare });
    const wakeAt = new Date("2026-01-05T09:00:00.123Z");
    const key = ticketKey(aWorkspace());
    const due = { kind: "waiting", wakeAt, firstDueAt: wakeAt } as const;
    const state = { says: `it's \\ "quoted" 😀 ?` };
    expect(await storage.auto.write([ticketChange(key, { due, state })])).toEqual(["written"]);
    expect(await storage.auto.read([key])).toEqual([{ key, version: 1, state }]);
    const ask = { kind: "ticket", now: wakeAt, leaseForMs: 60_000, limit: 50, after: null } as const;
    const claimed = (await storage.auto.claim(ask)).find(({ head }) => head.key.id === key.id);
    expect(claimed).toMatchObject({ head: { key, state }, due });
    await storage.own((session) => session.write([ticketChange(key, { expected: 1, due: null })]));
    expect(await storage.backlog(wakeAt)).toMatchObject({ dueSurveys: 0 });
    expect(await storage.recount(key.workspaceId)).toEqual([]);
    await end();
  });
});

test("after an outage, and after transactions that failed, the pool is as large as before", async () => {
  const pool = openPool(database.url(), { size: 1 });
  const storage = mysqlStorage(pool);
  const failing = () =>
    storage.own(async () => {
      throw new Error("the work failed");
    });
  for (let times = 0; times < 3; times++) await expect(failing()).rejects.toThrow("the work failed");
  const killed = storage.own(async (session) => {
    const other = openPool(database.url(), { size: 1 });
    const [processes] = await other.query(
      "select id from information_schema.processlist where db = database() and id <> connection_id()",
    );
    for (const { id } of processes as unknown as readonly { id: number }[]) await other.query(`kill ${id}`); // One column.
    await other.end();
    return session.read([ticketKey("w1")]);
  });
  await expect(killed).rejects.toMatchObject({ code: "storage_failed" });
  expect(await storage.auto.read([ticketKey("w1")])).toMatchObject([{ version: 0 }]);
  await pool.end();
});

test("a connection goes back to the host's pool at the level that it had", async () => {
  const pool = openPool(database.url(), { size: 1 });
  await mysqlStorage(pool).own((session) => session.read([ticketKey("w1")]));
  const db = drizzle(pool);
  const level = () =>
    pool
      .query("select @@session.transaction_isolation as level")
      .catch(() => pool.query("select @@session.tx_isolation as level"));
  expect((await level())[0]).toEqual([{ level: "REPEATABLE-READ" }]);
  await db.transaction(async (tx) => tx.execute("select 1"));
  await pool.end();
});
