import { type DrizzleDatabase, migrate, postgresStorage } from "@csat/postgres";
import { createTestPglite } from "@csat-internal/test-support";
import { sql } from "drizzle-orm";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgresJs } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openPool } from "./support/open-pool.ts";
import { aServerDatabase } from "./support/server-database.ts";
import { aBegunSend, aTicket } from "./support/survey-steps.ts";

const database = aServerDatabase();
const processZone = process.env.TZ;
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ;
  else process.env.TZ = processZone;
});

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
      await db.execute(sql`set time zone 'Asia/Tokyo'`);
      return { db, close: () => client.close() };
    },
  ],
  [
    "node-postgres",
    async () => {
      const pool = openPool(`${database.url()}?options=-c%20TimeZone%3DAsia/Tokyo`);
      return { db: drizzleNodePostgres(pool), close: () => pool.end() };
    },
  ],
  [
    "postgres.js",
    async () => {
      const client = postgres(database.url(), { connection: { TimeZone: "Asia/Tokyo" } });
      return { db: drizzlePostgresJs(client), close: () => client.end() };
    },
  ],
];

// S45: times around midnight, in a database of Tokyo's time zone, seen from processes in other zones.
describe.each(drivers)("through %s, with a database in Tokyo", (_name, open) => {
  let db: DrizzleDatabase;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ db, close } = await open());
  });
  afterAll(() => close());

  test("the session really is in Tokyo", async () => {
    const shown: unknown = await db.execute(sql`select current_setting('TimeZone') as zone`);
    expect(JSON.stringify(shown)).toContain("Asia/Tokyo");
  });

  test.each(["UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati"])(
    "times come back to the millisecond and count on their UTC day, from a process in %s",
    async (zone) => {
      process.env.TZ = zone;
      const storage = postgresStorage(db);
      const ref = aTicket();
      const { claim, tokenHash } = await aBegunSend(storage, ref);
      const sentAt = new Date("2026-03-08T23:59:59.999Z");
      const respondedAt = new Date("2026-03-09T00:00:00.001Z");
      await storage.surveys.markSent({ ...claim, sentAt, messageId: null });
      await storage.responses.record({
        tokenHash,
        rating: 4,
        comment: null,
        respondedAt,
        eventId: `e ${ref.workspaceId}`,
      });
      expect((await storage.surveys.find(ref))?.sentAt).toEqual(sentAt);
      expect((await storage.responses.find(ref))?.respondedAt).toEqual(respondedAt);
      expect((await storage.surveys.findByToken(tokenHash))?.respondedAt).toEqual(respondedAt);
      expect((await storage.journal.list(ref)).map(({ at }) => at)).toEqual([respondedAt]);
      const counts = await storage.metrics.read({
        workspaceId: ref.workspaceId,
        current: { from: new Date("2026-03-09T00:00:00Z"), until: new Date("2026-03-10T00:00:00Z") },
        previous: { from: new Date("2026-03-08T00:00:00Z"), until: new Date("2026-03-09T00:00:00Z") },
      });
      expect(counts).toEqual({
        sent: [{ day: "2026-03-08", count: 1 }],
        ratings: [{ day: "2026-03-09", rating: 4, count: 1 }],
        resolvers: [{ actorId: null, rating: 4, count: 1 }],
        cohortAnswered: 0,
      });
      const { items } = await storage.outbox.list(ref.workspaceId, { limit: 1, cursor: null, dead: false });
      expect(items[0]).toMatchObject({
        createdAt: respondedAt,
        data: { respondedAt: "2026-03-09T00:00:00.001Z" },
      });
    },
  );

  test("times before 1970 and far from now keep their place", async () => {
    const storage = postgresStorage(db);
    for (const iso of ["1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]) {
      const ref = aTicket();
      const at = new Date(iso);
      await storage.surveys.arm([{ ...ref, id: "s", resolvedAt: at, dueAt: at }]);
      expect((await storage.surveys.find(ref))?.resolvedAt.toISOString()).toBe(iso);
    }
  });
});
