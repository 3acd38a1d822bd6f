import { inspect } from "node:util";
import { CsatError, isCsatError } from "@csat/core";
import { type DrizzleDatabase, migrate, postgresStorage } from "@csat/postgres";
import { createTestPglite } from "@csat-internal/test-support";
import { sql } from "drizzle-orm";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgresJs } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aWorkspace, ticketChange, ticketHead, ticketKey } from "./support/heads.ts";
import { openPool } from "./support/open-pool.ts";
import { aServerDatabase } from "./support/server-database.ts";
import { answeredChange } from "./support/settled.ts";

const database = aServerDatabase();
const comment = "My card number is 4111-1111.";
const address = "ada@example.com";

const drivers: readonly (readonly [
  string,
  () => Promise<{ db: DrizzleDatabase; close(): Promise<void> }>,
])[] = [
  [
    "PGlite",
    async () => {
      const client = await createTestPglite();
      const db = drizzlePglite(client);
      await migrate(db);
      return { db, close: () => client.close() };
    },
  ],
  [
    "node-postgres",
    async () => {
      const pool = openPool(database.url());
      return { db: drizzleNodePostgres(pool), close: () => pool.end() };
    },
  ],
  [
    "postgres.js",
    async () => {
      const client = postgres(database.url(), { onnotice: () => {} });
      return { db: drizzlePostgresJs(client), close: () => client.end() };
    },
  ],
];

describe.each(drivers)("an error of %s", (_name, open) => {
  let db: DrizzleDatabase;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ db, close } = await open());
  });
  afterAll(() => close());
  beforeEach(async () => {
    await db.execute(sql`drop trigger if exists loud on csat.answers`);
    await db.execute(sql`alter table csat.answers drop constraint if exists short`);
    await db.execute(sql`alter table csat.answers alter column comment type text`);
  });

  async function answerError(): Promise<{ readonly error: unknown; readonly tokenHash: string }> {
    const workspaceId = aWorkspace();
    const tokenHash = `hash of ${workspaceId}`;
    const change = answeredChange(workspaceId, "T1", { expected: 0 });
    if (change.answer?.kind !== "put") throw new Error("an answer is put");
    const tokens = [{ hash: tokenHash, key: ticketKey(workspaceId) }];
    const error = await postgresStorage(db)
      .auto.write([{ ...change, tokens, answer: { ...change.answer, comment } }])
      .then(
        () => new Error("nothing failed"),
        (thrown: unknown) => thrown,
      );
    return { error, tokenHash };
  }

  const breakages: readonly (readonly [string, string, string])[] = [
    [
      "a constraint of the host",
      "23514",
      "alter table csat.answers add constraint short check (length(comment) < 5)",
    ],
    ["a column that is too narrow", "22001", "alter table csat.answers alter column comment type varchar(5)"],
    [
      "a trigger of the host that quotes the row",
      "P0001",
      `create or replace function csat.shout() returns trigger language plpgsql as
        $$ begin raise exception 'refused: %', new.comment using detail = new.comment, hint = new.comment; end $$;
       create trigger loud before insert on csat.answers for each row execute function csat.shout()`,
    ],
  ];

  test.each(breakages)(
    "from %s keeps its SQLSTATE and tells neither comment nor token",
    async (_what, code, ddl) => {
      for (const statement of ddl.split(/;\s+(?=create trigger)/)) await db.execute(sql.raw(statement));
      const { error, tokenHash } = await answerError();
      expect(isCsatError(error, "storage_failed")).toBe(true);
      expect(error).toMatchObject({ cause: { code } });
      expectToTellNothing(error, [comment, tokenHash]);
    },
  );

  test("about a missing table names it and says what to do", async () => {
    const error = await postgresStorage(db, { schema: "nowhere" })
      .auto.write([ticketChange(ticketKey("w1", "T7"))])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "storage_failed", cause: { code: "42P01" } });
    expect(String(error)).toContain("ticket T7 of workspace w1");
    expect(String(error)).toContain("Run migrate(db)");
    expect(inspect(error)).toContain("nowhere.tickets");
  });

  test("about a lease tells nothing of page or error text", async () => {
    const lease = { id: "secret-lease", extendMs: 1000 };
    const state = { page: { ticketSubject: address } };
    const heads = [ticketHead(ticketKey("w1"), { expected: 1, state, lease })];
    const tokens = [{ hash: "secret-hash", key: ticketKey("w1") }];
    const error = await postgresStorage(db, { schema: "nowhere" })
      .auto.write([{ heads, tokens }])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "storage_failed" });
    expectToTellNothing(error, [address, "secret-hash", "secret-lease"]);
  });
});

test("an unreachable server is storage_failed with the system's code", async () => {
  const storage = postgresStorage(drizzleNodePostgres("postgres://nobody:secret@127.0.0.1:1/none"));
  const error = await storage.auto.read([ticketKey("w1")]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "storage_failed", cause: { code: "ECONNREFUSED" } });
  expect(String(error)).toContain("Check that the database can be reached.");
  expectToTellNothing(error, ["secret"]);
});

test.each<
  readonly [string, unknown, { readonly name: string; readonly message: string; readonly code?: string }]
>([
  [
    "without a code keeps its name and first words",
    new TypeError(`Cannot read properties of undefined (reading '${comment}')`),
    { name: "TypeError", message: "Cannot read properties of undefined" },
  ],
  [
    "of a pool that was ended keeps its words",
    new Error("Cannot use a pool after calling end on the pool"),
    { name: "Error", message: "Cannot use a pool after calling end on the pool" },
  ],
  [
    "that an ORM wrapped keeps the driver's name and SQLSTATE",
    Object.assign(new Error(`Failed query: ${comment}`), {
      original: Object.assign(new Error("deadlock detected"), { name: "DatabaseError", code: "40P01" }),
    }),
    { name: "DatabaseError", message: "deadlock detected", code: "40P01" },
  ],
  [
    "whose words begin with a value tells none",
    new Error(`${address}: ${comment}`),
    { name: "Error", message: "The driver's own message is left out: it may quote values." },
  ],
])("an error %s", async (_name, thrown, cause) => {
  const storage = postgresStorage({
    execute: async () => Promise.reject(thrown),
    transaction: async () => Promise.reject(thrown),
  });
  const error = await storage.auto.read([ticketKey("w1")]).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: "storage_failed", cause });
  expectToTellNothing(error, [address, comment]);
});

test("a CsatError of the work inside a transaction comes out as it is", async () => {
  const pool = openPool(database.url());
  const refusal = new CsatError("invalid_input", "no");
  const work = postgresStorage(drizzleNodePostgres(pool)).own(async () => {
    throw refusal;
  });
  await expect(work).rejects.toBe(refusal);
  await pool.end();
});

function expectToTellNothing(error: unknown, secrets: readonly string[]): void {
  const told = [
    inspect(error, { depth: 10, showHidden: true }),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    String(error),
  ].join("\n");
  for (const secret of secrets) expect(told).not.toContain(secret);
}
