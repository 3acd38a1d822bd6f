import { describe, expect, test } from "vitest";
import { routes } from "../src/routes.ts";
import { aDesk, type Desk, json } from "./a-desk.ts";

const answers = [
  { ticketId: "T-bob-1", operator: "bob", rating: 5, comment: "Bob was quick." },
  { ticketId: "T-bob-2", operator: "bob", rating: 4, comment: "Bob was kind." },
  { ticketId: "T-carol-1", operator: "carol", rating: 1, comment: "Carol never wrote back." },
  { ticketId: "T-carol-2", operator: "carol", rating: 3, comment: "Carol was fine." },
  { ticketId: "T-nobody", operator: null, rating: 2, comment: "Some machine closed this." },
] as const;

/** Who asks is said by a header; of tickets the host shows an operator those that are theirs. */
async function aDeskOfTwo(role: "owner" | "admin" | "operator" = "operator"): Promise<Desk> {
  const desk = await aDesk({
    options: {
      authorize: async ({ headers }, action) => {
        const userId = headers.get("x-user") ?? "";
        const owner = "ticketId" in action ? `T-${userId}-` : "";
        return "ticketId" in action && !action.ticketId.startsWith(owner)
          ? "forbidden"
          : { workspaceId: "acme", userId, role };
      },
    },
  });
  for (const { ticketId, operator, rating, comment } of answers) {
    // Resolved once more below, by Bob: the first time counts.
    await desk.csat.ticketResolved({
      workspaceId: "acme",
      ticketId,
      actorId: operator,
      resolvedAt: desk.clock.now(),
    });
    await desk.clock.advance({ seconds: 1 });
    await desk.ask(`/r/${await desk.survey(ticketId)}`, json({ rating, comment }));
    await desk.clock.advance({ minutes: 1 });
  }
  return desk;
}

const as = (user: string) => ({ headers: { "x-user": user } });
const own = "/api/my/analytics";

describe("one's own answers", () => {
  test("are the figures of whoever asks, without names, places and other groups", async () => {
    // S51
    const desk = await aDeskOfTwo();
    const response = await desk.ask(`${own}?days=7`, as("carol"));
    expect(response.status).toBe(200);
    const figures = await response.json();
    expect(Object.keys(figures).toSorted()).toEqual([
      "benchmark",
      "cohort",
      "current",
      "daily",
      "delta",
      "previous",
      "weekly",
    ]);
    // 1 and 3.
    expect(figures).toMatchObject({
      current: { responses: 2, sent: 2, averageRating: 2, distribution: { 1: 1, 2: 0, 3: 1, 4: 0, 5: 0 } },
      weekly: [{ responses: 2, averageRating: 2, averageRatingInterval: { low: 1, high: 5 } }],
    });
  });

  test("are listed newest first, page by page, and by rating", async () => {
    const desk = await aDeskOfTwo();
    const first = await (await desk.ask(`${own}/responses?limit=1`, as("carol"))).json();
    expect(first.items).toMatchObject([{ ticketId: "T-carol-2", rating: 3 }]);
    const second = await (
      await desk.ask(`${own}/responses?limit=1&cursor=${first.nextCursor}`, as("carol"))
    ).json();
    expect(second.items).toMatchObject([{ ticketId: "T-carol-1", comment: "Carol never wrote back." }]);
    const rated = await (await desk.ask(`${own}/responses?rating=4`, as("bob"))).json();
    expect(rated.items).toMatchObject([{ ticketId: "T-bob-2" }]);
    expect(rated.items).toHaveLength(1);
  });

  test.each(["owner", "admin"] as const)("are an %s's alone here as well", async (role) => {
    const desk = await aDeskOfTwo(role);
    expect(await (await desk.ask(own, as("bob"))).json()).toMatchObject({ current: { responses: 2 } });
    expect(await (await desk.ask(own, as("olivia"))).json()).toMatchObject({ current: { responses: 0 } });
  });

  test.each(["resolver=carol", "unattributed", "resolver=bob", "by=team", "where=team=x"])(
    "are nobody else's by ?%s: 400, which names the parameter",
    async (query) => {
      // S51
      const desk = await aDeskOfTwo();
      for (const path of [own, `${own}/responses`]) {
        const response = await desk.ask(`${path}?${query}`, as("bob"));
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          error: { issues: [{ path: query.split("=", 1)[0] }] },
        });
      }
    },
  );

  test.each([undefined, null, "", 7, "a\u0000b", "x".repeat(201)])(
    "are nobody's where the host says that %j asks: 500, and no answer",
    async (userId) => {
      // Left out it would be everybody's, and null what nobody resolved.
      // What hosts in JavaScript may answer is any value.
      const principal = { workspaceId: "acme", userId, role: "operator" } as never;
      const desk = await aDesk({ options: { authorize: async () => principal } });
      await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating: 5, comment: "Thanks." }));
      for (const path of [own, `${own}/responses`]) {
        const response = await desk.ask(path);
        expect(response.status).toBe(500);
        expect(await response.text()).not.toContain("Thanks.");
      }
    },
  );

  test("whatever is read, as every operator: no colleague's answer is in it", async () => {
    // S51. Every route that reads, with every ticket and every query that narrows a dashboard.
    const desk = await aDeskOfTwo();
    const paths = routes.flatMap(({ path, methods }) =>
      "GET" in methods
        ? answers.map(({ ticketId }) =>
            path.replace(":ticketId", ticketId).replace(":name", "csat.css").replace(":eventId", "e1"),
          )
        : [],
    );
    const queries = ["", "?days=90", "?resolver=bob", "?resolver=carol", "?unattributed", "?rating=1"];
    let shown = 0;
    for (const operator of ["bob", "carol", "dora"]) {
      const theirs = answers.filter((answer) => answer.operator === operator);
      const others = answers.filter((answer) => answer.operator !== operator);
      for (const path of new Set(paths)) {
        for (const query of queries) {
          const text = await (await desk.ask(`${path}${query}`, as(operator))).text();
          for (const { ticketId, comment } of others) {
            expect([path, text.includes(comment)]).toEqual([path, false]);
            expect([path, text.includes(ticketId)]).toEqual([path, false]);
          }
          shown += theirs.filter(({ comment }) => text.includes(comment)).length;
        }
      }
      const { current } = await (await desk.ask(own, as(operator))).json();
      for (const rating of [1, 2, 3, 4, 5]) {
        const count = theirs.filter((answer) => answer.rating === rating).length;
        expect([operator, rating, current.distribution[rating]]).toEqual([operator, rating, count]);
      }
    }
    // Their own they did see, or nothing was tried.
    expect(shown).toBeGreaterThan(8);
  });
});
