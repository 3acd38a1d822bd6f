import type { Csat } from "@csat/core";
import { beforeAll, describe, expect, test } from "vitest";
import { aDesk, type Desk, json } from "./a-desk.ts";

type Paged = Pick<Csat, "listResponses" | "listLowRatings" | "listEvents">;

const one = { limit: 1 };
const lists: readonly (readonly [string, (csat: Paged, workspaceId: string) => Promise<string | null>])[] = [
  [
    "/api/analytics/responses?",
    async (csat, id) => (await csat.listResponses(id, undefined, one)).nextCursor,
  ],
  [
    "/api/analytics/low-ratings?",
    async (csat, id) => (await csat.listLowRatings(id, undefined, one)).nextCursor,
  ],
  ["/api/webhooks?", async (csat, id) => (await csat.listEvents(id, one)).nextCursor],
];

describe.each(lists)("%s", (path, cursorOf) => {
  let desk: Desk;
  let cursor = "";
  beforeAll(async () => {
    desk = await aDesk({
      options: {
        authorize: async ({ headers }) => ({
          workspaceId: headers.get("x-workspace") ?? "acme",
          userId: "olivia",
          role: "owner",
        }),
      },
    });
    for (const ticketId of ["T1", "T2", "T3"]) {
      await desk.ask(`/r/${await desk.survey(ticketId)}`, json({ rating: 1 }));
      await desk.clock.advance({ minutes: 1 });
    }
    cursor = (await cursorOf(desk.csat, "acme")) ?? "";
  });

  const askWith = (given: string, workspaceId = "acme") =>
    desk.ask(`${path}cursor=${encodeURIComponent(given)}`, { headers: { "x-workspace": workspaceId } });

  async function expectRefused(given: string, workspaceId?: string): Promise<void> {
    const response = await askWith(given, workspaceId);
    expect([given.slice(0, 200), response.status]).toEqual([given.slice(0, 200), 400]);
    expect(await response.json()).toMatchObject({
      error: { code: "invalid_input", issues: [{ path: "cursor" }] },
    });
  }

  test("a cursor of its own leads to the rows after, with another limit too", async () => {
    const response = await askWith(cursor);
    expect(response.status).toBe(200);
    expect((await response.json()).items).toHaveLength(2);
  });

  test("with any character changed, cut off anywhere or longer it is 400", async () => {
    for (let index = 0; index < cursor.length; index++) {
      const other = cursor[index] === "A" ? "B" : "A";
      await expectRefused(cursor.slice(0, index) + other + cursor.slice(index + 1));
      await expectRefused(cursor.slice(0, index));
    }
    for (const end of ["A", "=", " ", "\0", "é"]) await expectRefused(cursor + end);
    await expectRefused(` ${cursor}`);
    await expectRefused(cursor + cursor);
  });

  test.each([
    "x",
    "-1",
    "null",
    "e30",
    "\u0000",
    "2026-01-05T09:00:00.000Z~x",
    Buffer.from('["2026-01-05T09:00:00.000Z","x"]').toString("base64url"),
    "A".repeat(16),
    "A".repeat(2_001),
    "'; drop table surveys; --",
  ])("an invented one is 400: %.40s", async (invented) => {
    await expectRefused(invented);
    // The position in it alone, as a storage writes it.
    await expectRefused(cursor.slice(16));
  });

  test("one of another list is 400", async () => {
    for (const [otherPath, otherCursorOf] of lists) {
      if (otherPath !== path) await expectRefused((await otherCursorOf(desk.csat, "acme")) ?? "");
    }
  });

  // S49
  test("one of another workspace is 400", async () => {
    await expectRefused(cursor, "other");
  });
});

test("a page's rows come once each, whatever is paged", async () => {
  const desk = await aDesk();
  for (const ticketId of ["T1", "T2", "T3", "T4", "T5"]) {
    await desk.ask(`/r/${await desk.survey(ticketId)}`, json({ rating: 2 }));
    await desk.clock.advance({ minutes: 1 });
  }
  for (const path of ["/api/analytics/responses", "/api/analytics/low-ratings"]) {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const from: string = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
      const page = await (await desk.ask(`${path}?limit=2${from}`)).json();
      for (const row of page.items) seen.push(row.ticketId ?? row.response.ticketId);
      next = page.nextCursor;
    } while (next !== null);
    expect(seen).toEqual(["T5", "T4", "T3", "T2", "T1"]);
  }
});
