import { gzipSync } from "node:zlib";
import type { Metrics } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { draw, someDays, someMetrics, wordsOf } from "./a-dashboard.ts";

const notAsked: Metrics["notAsked"] = {
  total: 312,
  byReason: [
    { reason: "asked_recently", count: 300 },
    { reason: "rule:<b>vip", count: 12 },
  ],
  daily: [
    { day: "2026-11-24", reason: "asked_recently", count: 290 },
    { day: "2026-11-25", reason: "asked_recently", count: 10 },
    { day: "2026-11-25", reason: "rule:<b>vip", count: 12 },
  ],
};

function rowsOf(html: string): readonly string[] {
  const opened = html.slice(html.indexOf('<details class="not-asked">'));
  const rows = [...opened.slice(0, opened.indexOf("</details>")).matchAll(/<tr>(.*?)<\/tr>/gs)];
  return rows.map(([, row = ""]) => wordsOf(row.replace(/<\/t[hd]>/g, " ")));
}

describe("tickets that were not asked about", () => {
  test("are one quiet line, which opens into a table by reason and one by day", async () => {
    const html = await draw(someMetrics({ notAsked }));
    expect(html).toContain('<summary class="quiet">312 tickets were not asked about</summary>');
    expect(rowsOf(html)).toEqual([
      "Why Tickets",
      "this customer was asked, or has answered, a short while ago 300",
      'the helpdesk\'s rule "<b>vip" says so 12',
      "Day Why Tickets",
      "Nov 24, 2026 this customer was asked, or has answered, a short while ago 290",
      "Nov 25, 2026 this customer was asked, or has answered, a short while ago 10",
      'Nov 25, 2026 the helpdesk\'s rule "<b>vip" says so 12',
    ]);
    expect(html).not.toContain("<b>vip");
  });

  test("of many days are summed by day", async () => {
    const daily = Array.from({ length: 201 }, (_, day) =>
      ["role_address", "sampled_out"].map((reason) => ({ day: `2026-01-${day}`, reason, count: 2 })),
    ).flat();
    const rows = rowsOf(await draw(someMetrics({ notAsked: { ...notAsked, daily: daily.map(onOneDay) } })));
    expect(rows.slice(3)).toEqual(["Day Tickets", "Nov 24, 2026 804"]);
  });

  test("are left out where there are none, and where the figures are one operator's", async () => {
    for (const none of [null, { total: 0, byReason: [], daily: [] }])
      expect(await draw(someMetrics({ notAsked: none }))).not.toContain("not-asked");
    const one = { ...notAsked, total: 1 };
    expect(await draw(someMetrics({ notAsked: one }))).toContain(">1 ticket was not asked about<");
  });

  test("stand there also while nothing was sent", async () => {
    const empty = { ...someMetrics().current, sent: 0, responses: 0 };
    const html = await draw(someMetrics({ current: empty, previous: empty, notAsked }));
    expect(wordsOf(html)).toMatch(/No surveys sent yet.*312 tickets were not asked about/);
  });

  test("of 90 days with eight reasons each leave the page below 60 kB", async () => {
    const days = Array.from({ length: 90 }, (_, index) => index);
    const daily = days.flatMap((index) =>
      ["a", "b", "c", "d", "e", "f", "g", "h"].map((reason) => ({
        day: new Date(Date.UTC(2026, 8, 2 + index)).toISOString().slice(0, 10),
        reason: `rule:${reason}`,
        count: (index * 7919) % 397,
      })),
    );
    const metrics = someMetrics({
      daily: someDays(
        days,
        days.map((index) => 1 + ((index * 104_729) % 400) / 100),
      ),
      notAsked: { ...notAsked, daily },
    });
    const data = { metrics, lowRatings: { items: [], nextCursor: null }, slicedBy: [] };
    const request = new Request("https://desk.example/csat/api/analytics");
    const page = await csatViews({ basePath: "/csat" }).render("analytics", data, request);
    expect(gzipSync(await page.text()).length).toBeLessThan(60_000);
  });
});

function onOneDay<Row extends { readonly day: string }>(row: Row): Row {
  return { ...row, day: "2026-11-24" };
}

// S62
test("where the sample changed within the days, the dashboard says so; else nothing", async () => {
  const said =
    "In these days the share of tickets asked about was 25%, 50%, in this order. All answers weigh alike";
  expect(wordsOf(await draw(someMetrics({ sampling: { percents: [25, 50] } })))).toContain(said);
  expect(await draw(someMetrics({ sampling: { percents: [25] } }))).not.toContain("weigh alike");
});
