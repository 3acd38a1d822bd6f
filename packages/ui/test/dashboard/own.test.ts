import type { ExportedResponse, OwnMetrics } from "@csat/core";
import { describe, expect, test } from "vitest";
import { ownResponsesView, ownView } from "../../src/dashboard/own-view.ts";
import { toText } from "../../src/html.ts";
import { aContext, linksOf, sectionOf, someMetrics, wordsOf } from "./a-dashboard.ts";

const answer: ExportedResponse = {
  workspaceId: "acme",
  ticketId: "T7",
  surveyId: "s7",
  rating: 4,
  comment: "Quick and <kind>.",
  respondedAt: new Date("2026-11-30T13:00:00Z"),
  sentAt: new Date("2026-11-29T13:00:00Z"),
  resolvedBy: "bob",
  resolvedByName: "Bob",
  excluded: false,
  slices: ["team=billing"],
};

const { current, previous, delta, cohort, daily, benchmark } = someMetrics();
const metrics: OwnMetrics = {
  current,
  previous,
  delta,
  cohort,
  daily,
  benchmark,
  weekly: [
    {
      from: "2026-11-17",
      to: "2026-11-23",
      responses: 0,
      averageRating: null,
      averageRatingInterval: null,
    },
    {
      from: "2026-11-24",
      to: "2026-11-30",
      responses: 40,
      averageRating: 4.25,
      averageRatingInterval: { low: 4, high: 4.5 },
    },
    { from: "2026-12-01", to: "2026-12-07", responses: 1, averageRating: 3, averageRatingInterval: null },
  ],
};

async function page(changes: Partial<OwnMetrics> = {}, query = "?days=7"): Promise<string> {
  const context = aContext("my/analytics", { query });
  const responses = { items: [answer], nextCursor: "next" };
  return await toText(ownView({ metrics: { ...metrics, ...changes }, responses }, context));
}

describe("the page of an operator's own answers", () => {
  test("leads to nothing but itself: days, ratings and answers of one's own", async () => {
    // S51
    const links = linksOf(await page());
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(link).toMatch(/^\/csat\/api\/my\/analytics(\/responses)?(\?|$)/);
    expect(links).toContain("/csat/api/my/analytics/responses?days=7&rating=5");
    expect(links).not.toContainEqual(expect.stringContaining(".csv"));
    expect(await page()).toContain('action="/csat/api/my/analytics"');
  });

  test("names no colleague, no place and no operators", async () => {
    // S86
    const words = wordsOf(await page());
    expect(words).toContain("My customer satisfaction");
    expect(words).toContain("Answers to tickets that you resolved first, and nobody else’s.");
    for (const foreign of ["By operator", "Place", "Estimate", "Follow up", "resolved by"])
      expect(words).not.toContain(foreign);
  });

  test("has the figures with their intervals, the days, and weeks with theirs, the newest first", async () => {
    const html = await page();
    expect(wordsOf(html)).toContain("4.27–4.37");
    expect(html).toContain('class="trend');
    const rows = Array.from(
      sectionOf(html, "<h2>By week").matchAll(/<tr><th scope="row">.*<\/tr>/g),
      ([row]) => wordsOf(row.replace(/<\/t[dh]>/g, " ")),
    );
    expect(rows).toEqual([
      "Dec 1 – 7, 2026 1 3.00",
      "Nov 24 – 30, 2026 40 4.25, 95% confidence interval 4.00–4.50",
      "Nov 17 – 23, 2026 0 –none: no responses in these days",
    ]);
  });

  test("shows the newest answers in full, and says where the others are", async () => {
    const section = sectionOf(await page(), "<h2>Newest answers");
    expect(section).toContain("Quick and &lt;kind&gt;.");
    expect(wordsOf(section)).toContain("ticket T7");
    expect(linksOf(section)).toContain("/csat/api/my/analytics/responses?days=7");
  });

  test("says what will stand there while there is nothing", async () => {
    const none = { ...current, sent: 0, responses: 0 };
    const words = wordsOf(await page({ current: none, previous: none }));
    expect(words).toContain("No answers in these days yet.");
    expect(words).not.toContain("Response rate");
  });

  test("lists further answers page by page, with the way back", async () => {
    const context = aContext("my/analytics/responses", { query: "?days=7&rating=4" });
    const html = await toText(ownResponsesView({ items: [answer], nextCursor: "older" }, context));
    expect(linksOf(html)).toEqual([
      "/csat/api/my/analytics?days=7",
      "/csat/api/my/analytics/responses?days=7&rating=4&cursor=older",
    ]);
    expect(wordsOf(html)).toContain("The last 7 days, UTC, rated 4");
    expect(wordsOf(html)).not.toContain("resolved by");
    const empty = await toText(ownResponsesView({ items: [], nextCursor: null }, context));
    expect(wordsOf(empty)).toContain("No answers match.");
  });
});
