import type { Metrics, SliceGroup } from "@csat/core";
import { describe, expect, test } from "vitest";
import { draw, linksOf, sectionOf, someMetrics, wordsOf } from "./a-dashboard.ts";

const unknown = { estimate: null, estimateInterval: null, place: null };

function aValue(value: string | null, changes: Partial<SliceGroup> = {}): SliceGroup {
  const { from: _, to: __, ...figures } = someMetrics().current;
  return {
    ...figures,
    ...unknown,
    kind: "value",
    value,
    answered: 12,
    responses: 30,
    averageRating: 4.3,
    ...changes,
  };
}

function cut(groups: readonly SliceGroup[], changes: Partial<Metrics["bySlice"]> = {}): Metrics {
  return someMetrics({
    bySlice: { attribute: "solved_by", overlap: false, rankability: 0.2, groups, ...changes },
  });
}

const slicedBy = ["team", "solved_by"];

describe("the values of an attribute", () => {
  test("are chosen in a form that works without script and keeps the days and the filter", async () => {
    // S85
    const html = await draw(someMetrics(), { query: "?days=7&resolver=ann", slicedBy });
    const section = sectionOf(html, "By attribute");
    expect(section).toContain('<form class="picker" method="get" action="/csat/api/analytics">');
    expect(section).toContain('<input type="hidden" name="days" value="7">');
    expect(section).toContain('<input type="hidden" name="resolver" value="ann">');
    expect(section).toContain('<option value="solved_by">solved by</option>');
    expect(section).toMatch(/<label>Compare by <select name="by">/);
  });

  test("are not offered where there are no attributes, nor within one value", async () => {
    expect(await draw(someMetrics())).not.toContain("By attribute");
    expect(await draw(someMetrics(), { query: "?where=team:a", slicedBy })).not.toContain("By attribute");
  });

  test("stand side by side, each leading to its own figures; the others and those without a value take no part", async () => {
    // S85, S86
    const groups = [
      aValue("bot:v2", { estimate: 4.2, estimateInterval: { low: 4, high: 4.4 } }),
      aValue("silent", { responses: 0, averageRating: null }),
      aValue(null, { kind: "other" }),
      aValue(null, { kind: "none" }),
    ];
    const html = await draw(cut(groups), { query: "?days=7&by=solved_by", slicedBy });
    const section = sectionOf(html, "By attribute");
    expect(section).toContain('<option value="solved_by" selected>');
    const rows = Array.from(section.matchAll(/<tr><th scope="row">.*<\/tr>/g), ([row]) =>
      wordsOf(row.replace(/<\/t[dh]>/g, " ")),
    );
    expect(rows).toEqual([
      "bot:v2 30 4.30 4.20, 95% confidence interval 4.00–4.40",
      "silent 0 –none: no responses in these days –none: no responses in these days",
      "All other values 30 4.30 –none: takes no part in the comparison",
      "Without a value 30 4.30 –none: takes no part in the comparison",
    ]);
    expect(linksOf(section)).toEqual([
      "/csat/api/analytics?days=7",
      "/csat/api/analytics?days=7&where=solved_by%3Abot%3Av2",
      "/csat/api/analytics?days=7&where=solved_by%3Asilent",
    ]);
  });

  test("have the meaning of their order in words, and it is said that those of a set overlap", async () => {
    // S85, S86
    const two = [aValue("a"), aValue("b")];
    const words = wordsOf(sectionOf(await draw(cut(two, { overlap: true }), { slicedBy }), "By attribute"));
    expect(words).toContain(
      "The differences between these values are within what chance alone makes of so few answers, so they stand by name.",
    );
    expect(words).toContain("A ticket can have several of these values: it counts once in each");
    const apart = wordsOf(
      sectionOf(await draw(cut(two, { rankability: 0.9 }), { slicedBy }), "By attribute"),
    );
    expect(apart).toContain("They stand by their estimate, best first.");
    expect(apart).not.toContain("several of these values");
  });

  test("are announced where there are none in these days", async () => {
    const section = sectionOf(await draw(cut([]), { slicedBy }), "By attribute");
    expect(wordsOf(section)).toContain("No surveys or responses in these days.");
  });

  test("stay chosen when other days or an operator are, and one value is named with the way back to all", async () => {
    const html = await draw(cut([]), { query: "?days=7&by=team", slicedBy });
    expect(linksOf(html)).toContain("/csat/api/analytics?days=90&by=team");
    expect(linksOf(html)).toContain("/csat/api/analytics?days=7&resolver=ann&by=team");
    expect(html).toContain('<input type="hidden" name="by" value="team">');
    const one = await draw(someMetrics(), { query: "?days=7&where=solved_by:%3Cb%3E", slicedBy });
    expect(wordsOf(one)).toContain("Only tickets whose solved by is <b>. Show all");
    expect(linksOf(one)).toContain("/csat/api/analytics?days=90&where=solved_by%3A%3Cb%3E");
    expect(linksOf(one)).toContain("/csat/api/analytics/responses.csv?days=7&where=solved_by%3A%3Cb%3E&bom");
  });
});
