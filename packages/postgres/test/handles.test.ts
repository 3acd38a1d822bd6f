import { type DrizzleDatabase, inspectDatabase, migrate, postgresStorage } from "@csat/postgres";
import { createTestPglite } from "@csat-internal/test-support";
import { entityKind, sql } from "drizzle-orm";
import { drizzle as drizzleMysqlProxy } from "drizzle-orm/mysql-proxy";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePgProxy } from "drizzle-orm/pg-proxy";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgresJs } from "drizzle-orm/postgres-js";
import { drizzle as drizzleSqliteProxy } from "drizzle-orm/sqlite-proxy";
import pg from "pg";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { openPool } from "./support/open-pool.ts";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();

/** Nothing listens there, and nothing here runs a statement. */
const nowhere = "postgres://nobody@127.0.0.1:1/none";
const neverCalled = async (): Promise<never> => Promise.reject(new Error("a statement ran"));

/** Stands for a drizzle driver whose package is not installed here: drizzle names the classes of all of them so. */
function named(kind: string): unknown {
  const handle = drizzleNodePostgres(nowhere);
  const type = Object.defineProperty(() => {}, entityKind, { value: kind });
  Object.setPrototypeOf(type, handle.constructor);
  return Object.create(handle, { constructor: { value: type } });
}

const transformed = (transform: object) => drizzlePostgresJs(postgres(nowhere, { transform }));

describe.each<readonly [string, () => unknown, RegExp]>([
  ["neon-http", () => named("NeonHttpDatabase"), /NeonHttpDatabase has no transactions.*neon-serverless/],
  ["Xata over HTTP", () => named("XataHttpDatabase"), /XataHttpDatabase has no transactions/],
  ["Prisma's extension", () => named("PrismaPgDatabase"), /PrismaPgDatabase has no transactions/],
  ["pg-proxy", () => drizzlePgProxy(neverCalled), /PgRemoteDatabase has no transactions.*node-postgres/],
  ["MySQL", () => drizzleMysqlProxy(neverCalled), /MySqlRemoteDatabase is no drizzle database of Postgres/],
  [
    "SQLite",
    () => drizzleSqliteProxy(neverCalled),
    /SqliteRemoteDatabase is no drizzle database of Postgres/,
  ],
  ["postgres.camel", () => transformed(postgres.camel), /postgres\.js transforms columns/],
  ["postgres.toCamel for columns", () => transformed({ column: postgres.toCamel }), /without `transform`/],
  ["postgres.pascal", () => transformed(postgres.pascal), /without `transform`/],
  ["values that are transformed", () => transformed({ value: { from: String } }), /without `transform`/],
  ["rows that are transformed", () => transformed({ row: (row: object) => row }), /without `transform`/],
  [
    "a client of pg",
    () => new pg.Client({ connectionString: nowhere }),
    /one connection of pg.*Give CSAT a Pool/,
  ],
  ["drizzle over a client of pg", () => drizzleNodePostgres(new pg.Client(nowhere)), /one connection of pg/],
  [
    "postgres.camel without drizzle",
    () => postgres(nowhere, { transform: postgres.camel }),
    /without `transform`/,
  ],
  [
    "a pool of mysql2",
    () => ({ query() {}, format() {}, execute() {}, getConnection() {} }),
    /client of MySQL/,
  ],
  ["statements without transactions", () => ({ query() {} }), /A database is needed/],
])("%s is refused at once and by name", (_name, open, expected) => {
  // Hosts without types hand over anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const db = () => open() as DrizzleDatabase;
  const refusal = {
    code: "invalid_config",
    issues: [{ path: "db" }],
    message: expect.stringMatching(expected),
  };

  test("by postgresStorage, migrate and inspectDatabase", async () => {
    await expect((async () => postgresStorage(db()))()).rejects.toMatchObject(refusal);
    await expect(migrate(db())).rejects.toMatchObject(refusal);
    await expect(inspectDatabase(db())).rejects.toMatchObject(refusal);
  });
});

test("a client of postgres.js that turns undefined into null is taken", () => {
  expect(postgresStorage(transformed({ undefined: null }))).toHaveProperty("auto");
});

describe("tx", () => {
  const storage = postgresStorage(drizzleNodePostgres(nowhere));
  const within = (tx: unknown) => () =>
    // Hosts without types hand over anything.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    storage.within(tx as DrizzleDatabase);

  test.each<readonly [string, () => unknown, RegExp]>([
    ["the database itself", () => drizzleNodePostgres(nowhere), /tx is the database itself/],
    [
      "the database over postgres.js",
      () => drizzlePostgresJs(postgres(nowhere)),
      /tx is the database itself/,
    ],
    ["a pool", () => new pg.Pool({ connectionString: nowhere }), /tx is a pool/],
    ["a client of postgres.js", () => postgres(nowhere), /tx is a pool/],
    ["a database of MySQL", () => drizzleMysqlProxy(neverCalled), /no transaction of Postgres/],
    ["a PGlite's like", () => ({ query() {}, transaction() {} }), /tx is the database itself/],
    ["a connection of MySQL", () => ({ query() {}, format() {} }), /tx is of MySQL/],
    ["true", () => true, /an object with execute/],
  ])("that is %s is refused", (_name, open, expected) => {
    expect(within(open())).toThrow(expected);
    expect(within(open())).toThrow(
      expect.objectContaining({ code: "invalid_input", issues: [expect.objectContaining({ path: "tx" })] }),
    );
  });

  test("that is the database over PGlite is refused, its transaction is taken", async () => {
    const client = await createTestPglite();
    const db = drizzlePglite(client);
    expect(within(db)).toThrow(/tx is the database itself/);
    await db.transaction(async (tx) => {
      expect(within(tx)).not.toThrow();
    });
    await client.close();
  });

  test("of node-postgres and of postgres.js are taken, nested ones too, and so is a client that began one", async () => {
    const pool = openPool(database.url());
    const db = drizzleNodePostgres(pool);
    await db.transaction(async (tx) => {
      expect(within(tx)).not.toThrow();
      await tx.transaction(async (nested) => expect(within(nested)).not.toThrow());
    });
    const client = await pool.connect();
    await client.query("begin");
    expect(within(drizzleNodePostgres(client))).not.toThrow();
    await client.query("rollback");
    client.release();
    await pool.end();
    const other = postgres(database.url(), { onnotice: () => {} });
    await drizzlePostgresJs(other).transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      expect(within(tx)).not.toThrow();
    });
    await other.end();
  });
});
