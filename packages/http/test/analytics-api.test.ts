import type { HandlerCsat } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk, json } from "./a-desk.ts";

const page = { items: [], nextCursor: null };

/** A desk whose core notes how it is asked for analytics. */
async function aNotingDesk() {
  const asked: unknown[] = [];
  const note = async (...given: unknown[]) => {
    asked.push(given);
    return page;
  };
  // The routes hand the answer on unread.
  const broken = {
    getMetrics: note,
    listLowRatings: note,
    listResponses: note,
  } as unknown as Partial<HandlerCsat>;
  return { asked, desk: await aDesk({ broken }) };
}

test("GET /api/analytics answers the figures of the workspace", async () => {
  const desk = await aDesk();
  await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating: 2, comment: "Slow." }));
  await desk.survey("T2");
  const response = await desk.ask("/api/analytics?days=7");
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const metrics = await response.json();
  expect(metrics).toMatchObject({
    current: { sent: 2, responses: 1, averageRating: 2, responseRate: 0.5, distribution: { 2: 1, 5: 0 } },
    delta: { averageRating: null, responses: 1 },
    cohort: { sent: 2, answered: 1, rate: 0.5 },
    byResolver: [{ actorId: "bob", responses: 1, estimate: null, place: null }],
    benchmark: { responseRate: { low: 0.15, high: 0.4 } },
  });
  expect(metrics.daily).toHaveLength(7);
});

test("GET /api/analytics/low-ratings answers cards with the ticket's present subject", async () => {
  // S48
  const desk = await aDesk();
  await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating: 2, comment: "Slow." }));
  await desk.ask(`/r/${await desk.survey("T2")}`, json({ rating: 3 }));
  expect(await (await desk.ask("/api/analytics/low-ratings")).json()).toMatchObject({
    items: [
      {
        response: { ticketId: "T1", rating: 2, comment: "Slow." },
        subject: "Printer on fire",
        assignee: null,
      },
    ],
    nextCursor: null,
  });
});

test("GET /api/analytics/responses pages through the answers of a rating", async () => {
  const desk = await aDesk();
  for (const [ticketId, rating] of Object.entries({ T1: 5, T2: 4, T3: 5 })) {
    await desk.ask(`/r/${await desk.survey(ticketId)}`, json({ rating }));
    await desk.clock.advance({ minutes: 1 });
  }
  const first = await (await desk.ask("/api/analytics/responses?rating=5&limit=1")).json();
  expect(first.items).toMatchObject([{ ticketId: "T3", rating: 5, resolvedBy: "bob" }]);
  const cursor = encodeURIComponent(first.nextCursor);
  const second = await (await desk.ask(`/api/analytics/responses?rating=5&limit=1&cursor=${cursor}`)).json();
  expect(second).toMatchObject({ items: [{ ticketId: "T1" }], nextCursor: null });
});

describe("the query says what is asked", () => {
  test.each([
    ["/api/analytics", [undefined, {}]],
    ["/api/analytics?days=90", [{ days: 90 }, {}]],
    ["/api/analytics?from=2026-01-01&to=2026-01-31", [{ from: "2026-01-01", to: "2026-01-31" }, {}]],
    ["/api/analytics?days=7&resolver=a%2Fb", [{ days: 7 }, { resolvedBy: "a/b" }]],
    ["/api/analytics?unattributed", [undefined, { resolvedBy: null }]],
    ["/api/analytics?unattributed=false&resolver=bob", [undefined, { resolvedBy: "bob" }]],
    ["/api/analytics?workspace=globex", [undefined, {}]],
    ["/api/analytics/low-ratings?days=7&cursor=abc&limit=5", [{ days: 7 }, { cursor: "abc", limit: 5 }]],
    ["/api/analytics/low-ratings?unattributed=1", [undefined, { resolvedBy: null }]],
    ["/api/analytics/responses?rating=5&resolver=bob", [undefined, { rating: 5, resolvedBy: "bob" }]],
  ])("%s", async (path, expected) => {
    // S49: the workspace is the principal's, whatever the query says.
    const { asked, desk } = await aNotingDesk();
    expect((await desk.ask(path)).status).toBe(200);
    expect(asked).toEqual([["acme", ...expected]]);
  });
});

describe("what cannot be asked is 400 and names the parameter", () => {
  // S38, S39
  test.each([
    ["days=8", "days"],
    ["days=07", "days"],
    ["days=7.0", "days"],
    ["days=+7", "days"],
    ["days=", "days"],
    ["days=7&days=30", "days"],
    ["days=7&from=2026-01-01&to=2026-01-02", "days"],
    ["from=2026-01-01", "to"],
    ["to=2026-01-01", "from"],
    ["from=2026-02-30&to=2026-03-01", "from"],
    ["from=2026-03-01&to=2026-3-1", "to"],
    ["from=2026-03-02&to=2026-03-01", "from"],
    ["from=2026-03-01&from=2026-03-01&to=2026-03-02", "from"],
    ["from=0001-01-01&to=9998-12-31", "from"],
    ["from=1970-01-01&to=9998-12-31", "from"],
    ["resolver=", "resolver"],
    ["resolver=%00", "resolver"],
    [`resolver=${"x".repeat(201)}`, "resolver"],
    ["resolver=a&resolver=b", "resolver"],
    ["resolver=a&unattributed", "unattributed"],
    ["unattributed=perhaps", "unattributed"],
  ])("%s: %s", async (query, name) => {
    const desk = await aDesk();
    for (const path of ["", "/low-ratings", "/responses", "/responses.csv"]) {
      const response = await desk.ask(`/api/analytics${path}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { code: "invalid_input", issues: [{ path: name, message: expect.any(String) }] },
      });
    }
  });

  test.each([
    ["rating=0", "rating"],
    ["rating=6", "rating"],
    ["rating=4.5", "rating"],
    ["rating=5abc", "rating"],
    ["rating=0x5", "rating"],
    ["rating=", "rating"],
    ["rating=1&rating=2", "rating"],
    ["limit=0", "limit"],
    ["limit=201", "limit"],
    ["limit=ten", "limit"],
    ["cursor=none", "cursor"],
    ["cursor=a&cursor=b", "cursor"],
  ])("of a list: %s: %s", async (query, name) => {
    const desk = await aDesk();
    const response = await desk.ask(`/api/analytics/responses?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { issues: [{ path: name }] } });
  });
});

const paths = ["", "/low-ratings", "/responses", "/responses.csv"].map((path) => `/api/analytics${path}`);

describe.each(paths)("%s", (path) => {
  // S51
  test("is for owners and admins alone", async () => {
    const statusFor = async (answer: "owner" | "admin" | "operator" | null) => {
      const principal = answer === null ? null : { workspaceId: "acme", userId: "olivia", role: answer };
      const desk = await aDesk({ options: { authorize: async () => principal } });
      return (await desk.ask(path)).status;
    };
    expect(await statusFor("owner")).toBe(200);
    expect(await statusFor("admin")).toBe(200);
    expect(await statusFor("operator")).toBe(403);
    expect(await statusFor(null)).toBe(401);
  });

  // S49
  test("shows nothing of another workspace", async () => {
    const authorize = async () => ({ workspaceId: "globex", userId: "gus", role: "owner" }) as const;
    const desk = await aDesk({ options: { authorize } });
    await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating: 1, comment: "acme only" }));
    const text = await (await desk.ask(path)).text();
    expect(text).not.toMatch(/T1|acme|bob/);
  });

  test("takes GET and HEAD", async () => {
    const desk = await aDesk();
    expect((await desk.ask(path, { method: "POST" })).headers.get("allow")).toBe("GET, HEAD");
  });
});
