import { type DrizzleDatabase, migrate, postgresStorage } from "@csat/postgres";
import { createTestPglite } from "@csat-internal/test-support";
import { sql } from "drizzle-orm";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgresJs } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aWorkspace, eventHead, ticketChange, ticketHead, ticketKey } from "./support/heads.ts";
import { openPool } from "./support/open-pool.ts";
import { aServerDatabase } from "./support/server-database.ts";

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
      await db.execute(sql`set time zone 'Pacific/Auckland'`);
      return { db, close: () => client.close() };
    },
  ],
  [
    "node-postgres",
    async () => {
      const pool = openPool(`${database.url()}?options=-c%20TimeZone%3DPacific/Auckland`);
      return { db: drizzleNodePostgres(pool), close: () => pool.end() };
    },
  ],
  [
    "postgres.js",
    async () => {
      const client = postgres(database.url(), { connection: { TimeZone: "Pacific/Auckland" } });
      return { db: drizzlePostgresJs(client), close: () => client.end() };
    },
  ],
];

// S45: times around midnight, in a database of Auckland's time zone, seen from processes in other zones.
describe.each(drivers)("through %s, with a database in Auckland", (_name, open) => {
  let db: DrizzleDatabase;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ db, close } = await open());
  });
  afterAll(() => close());

  test("the session really is in Auckland", async () => {
    const shown: unknown = await db.execute(sql`select current_setting('TimeZone') as zone`);
    expect(JSON.stringify(shown)).toContain("Pacific/Auckland");
  });

  test.each(["UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati"])(
    "times come back to the millisecond and count on their UTC day, from a process in %s",
    async (zone) => {
      process.env.TZ = zone;
      const { auto, lists, counts } = postgresStorage(db);
      const workspaceId = aWorkspace();
      const ref = { workspaceId, ticketId: "T1" };
      const sentAt = new Date("2026-03-08T23:59:59.999Z");
      const respondedAt = new Date("2026-03-09T00:00:00.001Z");
      const cells = { kind: "ticket", sentAt, resolvedBy: null } as const;
      const due = { kind: "waiting", wakeAt: sentAt, firstDueAt: respondedAt } as const;
      const sent = { resolvedBy: null, sent: 1, answered: 1, ratings: [0, 0, 0, 0, 0] } as const;
      const answered = { resolvedBy: null, sent: 0, answered: 0, ratings: [0, 0, 0, 1, 0] } as const;
      const { cells: of } = eventHead(workspaceId, "E1");
      if (of?.kind !== "event") throw new Error("an event has cells");
      await auto.write([ticketChange(ticketKey(workspaceId))]);
      const written = await auto.write([
        {
          heads: [
            ticketHead(ticketKey(workspaceId), { expected: 1, cells, due }),
            eventHead(workspaceId, "E1", { cells: { ...of, createdAt: respondedAt }, state: { at: 1 } }),
          ],
          answer: { kind: "put", surveyId: "s", rating: 4, comment: null, respondedAt, resolvedBy: null },
          journal: [{ ...ref, at: respondedAt, event: "resolved", reason: null, actorId: null }],
          deltas: [
            { day: "2026-03-08", ...sent },
            { day: "2026-03-09", ...answered },
          ],
        },
      ]);
      expect(written).toEqual(["written"]);
      expect((await lists.answer(ref))?.respondedAt).toEqual(respondedAt);
      expect((await lists.journal(ref)).map((entry) => entry.at)).toEqual([respondedAt]);
      const window = { from: respondedAt, until: new Date("2026-03-09T00:00:00.002Z") };
      const page = await lists.answers({ workspaceId, window, limit: 5, cursor: null });
      expect(page.items).toMatchObject([{ sentAt, respondedAt }]);
      const claimed = await auto.claim({
        kind: "ticket",
        now: respondedAt,
        leaseForMs: 60_000,
        limit: 99,
        after: null,
      });
      expect(claimed.find(({ head }) => head.key.workspaceId === workspaceId)?.due).toEqual(due);
      const day = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });
      expect(
        await counts({
          workspaceId,
          current: day("2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z"),
          previous: day("2026-03-08T00:00:00Z", "2026-03-09T00:00:00Z"),
        }),
      ).toEqual({
        sent: [{ day: "2026-03-08", count: 1 }],
        ratings: [{ day: "2026-03-09", rating: 4, count: 1 }],
        resolvers: [{ actorId: null, rating: 4, count: 1 }],
        cohortAnswered: 0,
      });
      expect(await postgresStorage(db).recount(workspaceId)).toEqual([]);
    },
  );

  test("times before 1970 and far from now keep their place", async () => {
    const { auto, lists } = postgresStorage(db);
    for (const iso of ["1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]) {
      const ref = { workspaceId: aWorkspace(), ticketId: "T1" };
      const entry = { ...ref, at: new Date(iso), event: "resolved", reason: null, actorId: null } as const;
      await auto.write([{ ...ticketChange(ticketKey(ref.workspaceId)), journal: [entry] }]);
      expect((await lists.journal(ref)).map(({ at: told }) => told.toISOString())).toEqual([iso]);
    }
  });
});
