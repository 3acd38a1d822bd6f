import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { charts } from "../../src/style/charts.ts";
import { dashboard } from "../../src/style/dashboard.ts";
import { tokens } from "../../src/style/tokens.ts";
import { aLowRating, anOperator, someDays, someMetrics } from "./a-dashboard.ts";

const views = csatViews({ basePath: "/csat", now: () => new Date("2026-11-30T15:00:00Z") });

async function page(name: string, data: unknown): Promise<string> {
  return await (
    await views.render(name, data, new Request("https://desk.example/csat/api/analytics"))
  ).text();
}

const cards = { items: Array.from({ length: 10 }, () => aLowRating()), nextCursor: "next" };

describe("the page of the dashboard", () => {
  test.each([
    ["analytics", { metrics: someMetrics(), lowRatings: cards, slicedBy: [] }],
    ["low-ratings", cards],
    ["responses", { items: [], nextCursor: null }],
  ])("obeys a policy that allows no style of single elements: %s", async (name, data) => {
    const html = await page(name, data);
    // In English, whatever page it is put into.
    expect(html).toContain(`data-csat-view="${name}" lang="en" dir="ltr"`);
    expect(html).not.toMatch(/<[^>]* (style|on\w+)=/);
  });

  test.each([50, 128])(
    "of 90 days and %i operators takes at most 60 kB in its one request",
    async (operators) => {
      const days = Array.from({ length: 90 }, (_, index) => index);
      const daily = someDays(
        days.map((index) => (index * 7919) % 397),
        days.map((index) => 1 + ((index * 104_729) % 400) / 100),
      );
      const byResolver = Array.from({ length: operators }, (_, index) =>
        anOperator({
          actorId: `operator-${index}`,
          name: `Operator ${index}`,
          averageRating: 5 - index / 40,
        }),
      );
      const html = await page("analytics", {
        metrics: someMetrics({ daily, byResolver }),
        lowRatings: cards,
        slicedBy: ["team"],
      });
      expect(gzipSync(html).length).toBeLessThan(60_000);
      expect(html).not.toMatch(/<(link|script|img)[^>]* (href|src)="(?!data:)/);
    },
  );
});

describe("the colours of the dashboard", () => {
  test("are the host's to set: its style names variables alone", () => {
    expect(`${charts}${dashboard}`).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|hsl/i);
  });

  test.each(["light", "dark"])("stand out where the page is %s", (scheme) => {
    const rules = tokens.split("@media")[scheme === "light" ? 0 : 1] ?? "";
    const color = (name: string) => new RegExp(`--csat-${name},(#[0-9a-f]{6})`).exec(rules)?.[1] ?? "";
    for (const text of ["ink", "muted", "accent", "good", "alert"]) {
      expect(contrast(color(text), color("surface")), text).toBeGreaterThanOrEqual(4.5);
    }
    for (const drawn of ["scale-1", "scale-2", "scale-3", "scale-4", "scale-5", "edge"]) {
      expect(contrast(color(drawn), color("surface")), drawn).toBeGreaterThanOrEqual(3);
    }
  });
});

/** The contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
