import { describe, expect, test } from "vitest";
import { aDesk, json } from "./a-desk.ts";

const attributes = { team: { slice: true }, tags: { slice: true }, region: {} } as const;

/** A desk with three answers: two of the team billing, one of a team with every sign in its name. */
async function anAnsweredDesk() {
  const desk = await aDesk({ attributes });
  const odd = "a:b=c&d #1 | ü";
  for (const [ticketId, rating, team] of [
    ["T1", 1, "billing"],
    ["T2", 5, "billing"],
    ["T3", 2, odd],
  ] as const) {
    const token = await desk.survey(ticketId, { attributes: { team, tags: ["vip", "=1+1"] } });
    await desk.ask(`/r/${token}`, json({ rating }));
    await desk.clock.advance({ minutes: 1 });
  }
  await desk.survey("T4", { attributes: { team: "billing" } });
  return { desk, odd };
}

test("by= sets the values of an attribute side by side, by name while so few answers tell no order", async () => {
  // S85, S86
  const { desk, odd } = await anAnsweredDesk();
  const { bySlice, current } = await (await desk.ask("/api/analytics?by=team")).json();
  expect(current).toMatchObject({ sent: 4, responses: 3 });
  expect(bySlice).toMatchObject({
    attribute: "team",
    overlap: false,
    groups: [
      { kind: "value", value: odd, sent: 1, answered: 1, responses: 1, averageRating: 2 },
      { kind: "value", value: "billing", sent: 3, answered: 2, responses: 2, averageRating: 3 },
    ],
  });
  const tags = (await (await desk.ask("/api/analytics?by=tags")).json()).bySlice;
  expect(tags).toMatchObject({
    overlap: true,
    groups: [
      { value: "=1+1", responses: 3 },
      { value: "vip", responses: 3 },
      { kind: "none", value: null, sent: 1 },
    ],
  });
  expect((await (await desk.ask("/api/analytics")).json()).bySlice).toBe(null);
});

test("where= narrows figures, lists and the download to one value, whatever is in it", async () => {
  // S85
  const { desk, odd } = await anAnsweredDesk();
  for (const [value, sent, responses, low] of [
    ["billing", 3, 2, ["T1"]],
    [odd, 1, 1, ["T3"]],
    ["nobody's", 0, 0, []],
  ] as const) {
    const query = `where=${encodeURIComponent(`team:${value}`)}`;
    const metrics = await (await desk.ask(`/api/analytics?${query}`)).json();
    expect(metrics.current).toMatchObject({ sent, responses });
    const cards = await (await desk.ask(`/api/analytics/low-ratings?${query}`)).json();
    expect(cards.items.map((card: { response: { ticketId: string } }) => card.response.ticketId)).toEqual(
      low,
    );
    const rows = await (await desk.ask(`/api/analytics/responses?${query}`)).json();
    expect(rows.items).toHaveLength(responses);
    const csv = await (await desk.ask(`/api/analytics/responses.csv?${query}`)).text();
    expect(csv.trimEnd().split("\r\n")).toHaveLength(1 + responses);
  }
});

test("the download has a column for each attribute that figures are cut by, and no formula in it", async () => {
  // S55, S85
  const { desk } = await anAnsweredDesk();
  const [head, newest] = (await (await desk.ask("/api/analytics/responses.csv")).text()).split("\r\n");
  expect(head?.endsWith(",attributes.team,attributes.tags")).toBe(true);
  expect(newest?.endsWith(`,"a:b=c&d #1 | ü","'=1+1 | vip"`)).toBe(true);
  const plain = await aDesk();
  expect(await (await plain.ask("/api/analytics/responses.csv")).text()).not.toContain("attributes.");
});

describe("what cannot be asked of attributes is 400, names the parameter and says which there are", () => {
  // S85
  test.each([
    ["where=team", "where", "with a colon between"],
    ["where=team:", "where", "value must not be blank"],
    ["where=team:%20", "where", "value must not be blank"],
    ["where=region:eu", "where", "attribute must be one of team, tags"],
    ["where=constructor:eu", "where", "attribute must be one of team, tags"],
    ["where=:eu", "where", "attribute must be one of team, tags"],
    ["where=team:a&where=team:b", "where", ""],
  ])("%s", async (query, name, message) => {
    const desk = await aDesk({ attributes });
    for (const path of ["", "/low-ratings", "/responses", "/responses.csv"]) {
      const response = await desk.ask(`/api/analytics${path}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: {
          code: "invalid_input",
          issues: [{ path: name, message: expect.stringContaining(message) }],
        },
      });
    }
  });

  test.each([
    ["by=region", "must be one of team, tags"],
    ["by=", "must be one of team, tags"],
    ["by=team&where=tags:vip", "cannot stand beside where"],
  ])("%s", async (query, message) => {
    const desk = await aDesk({ attributes });
    const response = await desk.ask(`/api/analytics?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: "invalid_input", issues: [{ path: "by", message: expect.stringContaining(message) }] },
    });
  });

  test("also where there is none", async () => {
    const desk = await aDesk();
    const response = await desk.ask("/api/analytics?by=team");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("createCsat was given none");
  });
});
