import { describe, expect, test } from "vitest";
import { lowRatingsView } from "../../src/dashboard/low-ratings-view.ts";
import { type ResponsesPage, responsesView } from "../../src/dashboard/responses-view.ts";
import { toText } from "../../src/html.ts";
import { aContext, aLowRating, draw, linksOf, someMetrics, wordsOf } from "./a-dashboard.ts";

const api = "/csat/api/analytics";
const { response } = aLowRating();
const row = {
  ...response,
  resolvedBy: "ann",
  resolvedByName: null,
  sentAt: response.respondedAt,
  excluded: false,
  slices: [],
};

async function responses(query: string, page: Partial<ResponsesPage> = {}): Promise<string> {
  const data = { items: [row], nextCursor: null, resolverName: null, ...page };
  return await toText(responsesView(data, aContext("analytics/responses", { query })));
}

describe("a list of answers", () => {
  test.each([
    ["", "The last 30 days, UTC"],
    ["?days=7&rating=5", "The last 7 days, UTC, rated 5"],
    ["?from=2026-11-24&to=2026-11-24", "Nov 24, 2026, UTC"],
    ["?from=2026-11-24&to=2026-11-30&resolver=a%26b", "Nov 24 – 30, 2026, UTC, resolved first by a&b"],
    ["?unattributed=1", "The last 30 days, UTC, unattributed"],
  ])("asked for by %s says so in words", async (query, words) => {
    expect(wordsOf(await responses(query))).toContain(words);
  });

  test("of one operator says the name that the host gives, also where no answer matches", async () => {
    const query = "?days=7&resolver=ann";
    const page = { resolverName: "Ann <Lee>" };
    const words = "The last 7 days, UTC, resolved first by Ann <Lee>";
    expect(wordsOf(await responses(query, page))).toContain(words);
    expect(wordsOf(await responses(query, { ...page, items: [] }))).toContain(words);
    const low = { items: [], nextCursor: null, ...page };
    const html = await toText(lowRatingsView(low, aContext("analytics/low-ratings", { query })));
    expect(wordsOf(html)).toContain(words);
  });

  test("leads to older answers by the cursor, with every filter kept", async () => {
    const query = "?days=7&rating=5&resolver=a%26b&limit=20&cursor=here";
    const links = linksOf(await responses(query, { nextCursor: "on&on" }));
    const kept = "days=7&rating=5&resolver=a%26b&limit=20";
    expect(links.slice(1)).toEqual([`${api}/responses?${kept}`, `${api}/responses?${kept}&cursor=on%26on`]);
  });

  test("has no other page where there is none", async () => {
    expect(linksOf(await responses("?days=7"))).toEqual([`${api}?days=7`]);
  });

  test.each([
    ["the same days and operator", "?days=7&rating=5&resolver=a%26b", "?days=7&resolver=a%26b"],
    [
      "all the days that one was picked from",
      "?from=2026-11-25&to=2026-11-25&unattributed&back=days%3D90",
      "?days=90&unattributed",
    ],
    [
      "the days of its own it was picked from",
      "?from=2026-11-25&to=2026-11-25&back=from%3D2026-11-01%26to%3D2026-11-30",
      "?from=2026-11-01&to=2026-11-30",
    ],
    ["the usual days", "?from=2026-11-25&to=2026-11-25&back=", ""],
    ["known parameters alone", "?days=7&back=x%3D1%26days%3D7%22%3E%26resolver%3Dz", "?days=7%22%3E"],
  ])("leads back to the dashboard of %s", async (_, query, back) => {
    expect(linksOf(await responses(query))[0]).toBe(`${api}${back}`);
  });

  test("without any says so, and where to look", async () => {
    expect(wordsOf(await responses("?days=7", { items: [] }))).toContain("No answers match.");
    expect(wordsOf(await responses("?days=7&cursor=x", { items: [] }))).toContain("No further answers.");
  });

  // S48
  test("of low ratings shows the cards of the dashboard, and its own next page", async () => {
    const data = { items: [aLowRating()], nextCursor: "next", resolverName: null };
    const html = await toText(lowRatingsView(data, aContext("analytics/low-ratings", { query: "?days=7" })));
    expect(wordsOf(html)).toContain("Printer on fire → assigned to Carol 2 hours ago");
    expect(linksOf(html).at(-1)).toBe(`${api}/low-ratings?days=7&cursor=next`);
  });
});

describe("before the first survey", () => {
  const { current, previous } = someMetrics();
  const nothing = { sent: 0, responses: 0 };
  const empty = someMetrics({ current: { ...current, ...nothing }, previous: { ...previous, ...nothing } });

  test("the dashboard says what will stand there and what to do for it", async () => {
    const html = await draw(empty);
    expect(wordsOf(html)).toContain("No surveys sent yet None went out from Nov 17 – 30, 2026.");
    expect(linksOf(html)).toContain("/csat/api/settings");
    expect(html).not.toMatch(/<h2>(Average|Ratings)|<svg/);
    expect(linksOf(html)[2]).toBe(`${api}?days=90`);
  });

  test.each(["?where=team:sales", "?resolver=ann", "?unattributed"])(
    "a dashboard narrowed by %s says that nothing matches: surveys may well go out to others",
    async (query) => {
      // S85
      const html = await draw(empty, { query });
      expect(wordsOf(html)).toMatch(/Show all No answers match\.$/);
      expect(html).not.toContain("No surveys sent yet");
      expect(linksOf(html)).not.toContain("/csat/api/settings");
    },
  );

  test.each([
    ["surveys sent", { current: { ...current, ...nothing, sent: 1 } }],
    ["surveys in the days before", { previous }],
    ["answers to earlier surveys", { current: { ...current, ...nothing, responses: 1 } }],
  ])("is over with %s", async (_, changes) => {
    expect(await draw({ ...empty, ...changes })).toContain("<h2>Average");
  });
});
