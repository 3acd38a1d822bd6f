import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CsatError } from "@csat/core";
import { memoryWebhookTransport } from "@csat/memory";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CsatConfig } from "../src/config.ts";
import { aDesk } from "./support/a-desk.ts";
import { reportsOf } from "./support/doctor-reports.ts";
import {
  emptyDatabase,
  migratedDatabase,
  type OpenDatabase,
  unreachableDatabase,
} from "./support/open-databases.ts";
import { runCsat } from "./support/run-csat.ts";

let migrated: OpenDatabase;
let server: Server | undefined;
beforeAll(async () => {
  migrated = await migratedDatabase();
});
afterAll(() => migrated.close());
afterEach(async () => {
  const open = server;
  server = undefined;
  if (open !== undefined) await new Promise((resolve) => open.close(resolve));
});

/** Serves what stands under publicUrl; returns its address. */
async function serve(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  // Listening on TCP, its address is an object.
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/csat`;
}

test("a database that nobody reaches is a finding, and what depends on it is not checked", async () => {
  const database = unreachableDatabase();
  const { exitCode, found } = await reportsOf(aDesk(database.db).config);
  expect(exitCode).toBe(1);
  expect(found).toMatchObject({
    database: { code: "database_unreachable", message: expect.stringContaining("ECONNREFUSED") },
    schema: { status: "not_checked" },
    clock: { status: "not_checked" },
    surveys: { status: "not_checked" },
    events: { status: "not_checked" },
  });
  await database.close();
});

test("a database that does not answer in time is a finding", async () => {
  const { csat } = aDesk(migrated.db);
  const never = () => new Promise<never>(() => {});
  const config = { csat, database: { inspect: never } };
  expect((await reportsOf(config, { options: "--timeout 0.1" })).found.database).toMatchObject({
    code: "database_unreachable",
    message: expect.stringContaining("no answer within 0.1 s"),
  });
});

test("a database without tables, with old ones and with newer ones are three findings", async () => {
  const database = await emptyDatabase();
  const { config } = aDesk(database.db);
  const schema = async () => (await reportsOf(config)).found.schema;
  expect(await schema()).toMatchObject({ code: "schema_missing", remedy: "Run csat migrate." });
  await runCsat("migrate", { config });
  expect(await schema()).toMatchObject({ status: "ok" });
  // There is one step yet, so a release that knows a second one is what finds the tables old.
  const inspect = async () => ({ now: new Date(), schemaVersion: 1, expectedSchemaVersion: 2 });
  expect((await reportsOf({ ...config, database: { inspect } })).found.schema).toMatchObject({
    code: "schema_behind",
    message: expect.stringContaining("version 1"),
  });
  await database.sql("insert into csat.migrations (number, name) values (2, 'b')");
  expect(await schema()).toMatchObject({
    code: "schema_ahead",
    message: expect.stringContaining("version 2"),
  });
  await database.close();
});

test("without database.inspect the csat instance alone tells whether there are tables", async () => {
  const database = await emptyDatabase();
  const { csat } = aDesk(database.db);
  expect((await reportsOf({ csat })).found).toMatchObject({
    database: { status: "ok" },
    schema: { code: "schema_missing" },
    clock: { status: "not_checked" },
  });
  await database.close();
  const nowhere = unreachableDatabase();
  expect((await reportsOf({ csat: aDesk(nowhere.db).csat })).found).toMatchObject({
    database: { code: "database_unreachable" },
    schema: { status: "not_checked" },
  });
  await nowhere.close();
});

test.each(["42S02", "42S22"])(
  "a missing table or column is one in MySQL's words, too (%s)",
  async (sqlState) => {
    const { csat } = aDesk(migrated.db);
    const cause = Object.assign(new Error("as mysql2 says it"), { code: "ER_NO_SUCH_TABLE", sqlState });
    const health = () => Promise.reject(new CsatError("storage_failed", "The database failed.", { cause }));
    expect((await reportsOf({ csat: { ...csat, health } })).found).toMatchObject({
      database: { status: "ok" },
      schema: { code: "schema_missing" },
    });
  },
);

test("a clock that is off by more than two seconds is a finding that says by how much, and which way", async () => {
  const { csat } = aDesk(migrated.db);
  const database = new Date("2026-03-05T10:00:00.000Z");
  const inspect = async () => ({ now: database, schemaVersion: 5, expectedSchemaVersion: 5 });
  const clock = async (offMs: number) => {
    const now = () => new Date(database.getTime() + offMs);
    return (await reportsOf({ csat, database: { inspect } }, { now })).found.clock;
  };
  expect(await clock(2_000)).toMatchObject({ status: "ok" });
  expect(await clock(-2_000)).toMatchObject({ status: "ok" });
  expect(await clock(2_600)).toMatchObject({
    code: "clock_skew",
    message: "This machine's clock is 2.6 s ahead of the database's.",
  });
  expect(await clock(-90_000)).toMatchObject({
    code: "clock_skew",
    message: "This machine's clock is 90.0 s behind the database's.",
  });
});

test("a slow answer is no skew: what lies between question and answer counts as agreed", async () => {
  const { csat } = aDesk(migrated.db);
  let now = Date.parse("2026-03-05T10:00:00.000Z");
  const inspect = async () => {
    now += 8_000;
    return { now: new Date(now - 4_000), schemaVersion: 5, expectedSchemaVersion: 5 };
  };
  const { found } = await reportsOf({ csat, database: { inspect } }, { now: () => new Date(now) });
  expect(found.clock).toMatchObject({ status: "ok" });
});

test("surveys that wait for longer than allowed are a finding, and --overdue moves the border", async () => {
  const database = await migratedDatabase();
  const desk = aDesk(database.db);
  await desk.enable();
  await desk.resolve("T1");
  await desk.clock.advance({ seconds: 90 });
  const surveys = async (options: string) =>
    (await reportsOf(desk.config, { options, now: desk.clock.now })).found.surveys;
  expect(await surveys("")).toMatchObject({ status: "ok", message: expect.stringContaining("1 due") });
  await desk.clock.advance({ seconds: 1 });
  expect(await surveys("")).toMatchObject({
    code: "surveys_overdue",
    message: "Surveys wait since 2026-03-05T10:00:00.000Z; 1 are due now.",
  });
  expect(await surveys("--overdue 2")).toMatchObject({ status: "ok" });
  await database.close();
});

test("events whose delivery was given up are a finding", async () => {
  const database = await migratedDatabase();
  const webhooks = memoryWebhookTransport({
    endpoints: [{ id: "crm", url: "https://crm.example.com" }],
    result: { ok: false, retryable: false, retryAfterMs: null, error: "410" },
  });
  const desk = aDesk(database.db, { webhooks });
  await desk.enable();
  await desk.answer("T1", 1);
  const { now } = desk.clock;
  expect((await reportsOf(desk.config, { now })).found.events).toMatchObject({ status: "ok" });
  await desk.csat.runDue();
  expect((await reportsOf(desk.config, { now })).found.events).toMatchObject({
    code: "events_dead",
    message: expect.stringMatching(/^1 events/),
  });
  await database.close();
});

test("publicUrl is asked for a survey that is not there: only the survey page's own answer is fine", async () => {
  const asked: (string | undefined)[] = [];
  let [status, body] = [404, `{"error":{"code":"survey_not_found"}}`];
  const publicUrl = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(status, { location: "/elsewhere" }).end(body);
  });
  const page = async () => (await reportsOf(aDesk(migrated.db, { publicUrl }).config)).found.publicUrl;
  expect(await page()).toMatchObject({ status: "ok" });
  expect(asked).toEqual(["/csat/r/csat-doctor", "/csat/o/csat-doctor"]);
  [status, body] = [404, "<h1>nginx</h1>"];
  expect(await page()).toMatchObject({ code: "public_url_elsewhere" });
  [status, body] = [200, `{"error":{"code":"survey_not_found"}}`];
  expect(await page()).toMatchObject({ code: "public_url_elsewhere" });
  [status, body] = [302, ""];
  expect(await page()).toMatchObject({
    code: "public_url_elsewhere",
    message: expect.stringContaining("302"),
  });
  [status, body] = [502, "bad gateway"];
  expect(await page()).toMatchObject({ code: "public_url_failing", message: expect.stringContaining("502") });
  // Nobody listens on port 1.
  const { config } = aDesk(migrated.db, { publicUrl: "http://127.0.0.1:1/csat" });
  expect((await reportsOf(config)).found.publicUrl).toMatchObject({ code: "public_url_unreachable" });
});

// S70
test("publicUrl over http is a finding, but for the machine of who develops; so is a proxy that lets no opt-out through", async () => {
  let isOpenFor = /^.csat.[ro].csat-doctor$/;
  const local = await serve(({ url = "" }, response) => {
    response
      .writeHead(404)
      .end(isOpenFor.test(url) ? `{"error":{"code":"survey_not_found"}}` : "<h1>nginx</h1>");
  });
  const page = async (publicUrl: string) =>
    (await reportsOf(aDesk(migrated.db, { publicUrl }).config)).found.publicUrl;
  expect(await page(local)).toMatchObject({
    status: "ok",
    message: expect.stringContaining("without List-Unsubscribe"),
  });
  // The same server by an address that is no name of this machine.
  const elsewhere = local.replace("127.0.0.1", "0.0.0.0");
  expect(await page(elsewhere)).toMatchObject({
    code: "public_url_not_https",
    message: expect.stringContaining("without List-Unsubscribe"),
  });
  isOpenFor = /^.csat.r.csat-doctor$/;
  expect(await page(elsewhere)).toMatchObject({
    code: "public_url_elsewhere",
    message: expect.stringContaining("/csat/o answers with 404"),
  });
});

test("a check of the config that rejects is a finding; its words are not repeated", async () => {
  const { csat } = aDesk(migrated.db);
  const fails = async () => {
    throw Object.assign(new Error("no route to dana@example.com"), { code: "EHOSTUNREACH" });
  };
  const config: CsatConfig = { csat, checks: { redis: async () => "PONG", crm: fails } };
  const { found, stdout } = await reportsOf(config);
  expect(found).toMatchObject({
    redis: { status: "ok" },
    smtp: { status: "not_checked" },
    crm: { code: "check_failed", message: "The check failed: EHOSTUNREACH." },
  });
  expect(stdout).not.toContain("dana");
});

test("without findings the exit code is 0, and what was left out is said", async () => {
  const config = { csat: aDesk(migrated.db).csat };
  const { exitCode, stdout } = await runCsat("doctor --skip publicUrl --skip surveys", { config });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("not checked  publicUrl  It was left out.\n");
  expect(stdout).toContain("not checked  surveys    It was left out.\n");
  expect(stdout).toContain("ok           database   The database answers.\n");
});

test("a finding is printed with its remedy on the line below", async () => {
  const { csat } = aDesk(migrated.db);
  const { exitCode, stdout } = await runCsat("doctor", { config: { csat } });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /\nFINDING {6}publicUrl {2}http:\/\/127\.0\.0\.1:1\/csat cannot be reached.*\n {24}Check DNS/,
  );
});
