import type { ResolverFigures } from "@csat/core";
import { describe, expect, test } from "vitest";
import { anOperator, draw, linksOf, sectionOf, someMetrics, wordsOf } from "./a-dashboard.ts";

const api = "/csat/api/analytics";
const awkward = "a&b=c#d é/?%+\"'<";
const unknown = { estimate: null, estimateInterval: null, place: null };

async function card(
  byResolver: readonly ResolverFigures[],
  resolverRankability: number | null,
  asked: { readonly query?: string; readonly locale?: string } = {},
): Promise<string> {
  return sectionOf(await draw(someMetrics({ byResolver, resolverRankability }), asked), "<h2>By operator");
}

function rowsOf(section: string): readonly string[] {
  return Array.from(section.matchAll(/<tr><th scope="row">.*<\/tr>/g), ([row]) =>
    wordsOf(row.replace(/<\/t[dh]>/g, " ")),
  );
}

describe("operators", () => {
  const three = [
    anOperator({ place: 1 }),
    anOperator({ actorId: awkward, name: null, place: 1, averageRating: 4, estimate: 4.35 }),
    anOperator({ actorId: "ben", name: "Ben", responses: 2, place: 3, averageRating: 3, estimate: 3.1 }),
    anOperator({ actorId: null, name: null, averageRating: 3, ...unknown }),
  ];

  test("have average, estimate and its interval, and a place that may be shared; Unattributed has neither", async () => {
    // S46, S47, S86
    const section = await card(three, 0.8, { query: "?days=7" });
    expect(rowsOf(section)).toEqual([
      "1Place 1, shared: Ann 51 4.45 4.40, 95% confidence interval 4.20–4.60",
      `1Place 1, shared: ${awkward} 51 4.00 4.35, 95% confidence interval 4.20–4.60`,
      "3Place 3: Ben 2 3.00 3.10, 95% confidence interval 4.20–4.60",
      "Unattributed 51 3.00 –none: takes no part in the comparison",
    ]);
    expect(wordsOf(section)).toContain(
      "They stand by their estimate, best first. Those that cannot be told from the one before share a place.",
    );
    expect(linksOf(section)).toEqual([
      `${api}?days=7&resolver=ann`,
      `${api}?days=7&resolver=${encodeURIComponent(awkward)}`,
      `${api}?days=7&resolver=ben`,
      `${api}?days=7&unattributed`,
    ]);
  });

  test("stand by name where chance explains their differences, and the page says so before the table", async () => {
    // S86
    const section = await card([anOperator(), anOperator({ actorId: "ben", name: "Ben" })], 0.439);
    expect(rowsOf(section)[0]).toMatch(/^Ann 51/);
    const words = wordsOf(section);
    const said =
      "The differences between operators are within what chance alone makes of so few answers, so they stand by name.";
    expect(words).toContain(said);
    expect(words.indexOf(said)).toBeLessThan(words.indexOf("Responses"));
    expect(section).not.toContain("ranked");
  });

  test("have how they are compared folded away, with the share of the differences that is no chance", async () => {
    const [, folded = ""] =
      /<details class="how-compared">(.*)<\/details>/s.exec(await card(three, 0.439)) ?? [];
    expect(wordsOf(folded)).toMatch(
      /^How these are compared The estimate is the average, .* Of these differences 44% are more than chance\. From 50% on/,
    );
  });

  test("without any variation have no estimate, and the page says why", async () => {
    const section = await card([anOperator(unknown), anOperator({ ...unknown, actorId: "ben" })], null);
    expect(rowsOf(section)[0]).toBe("Ann 51 4.45 –none: nothing shows how answers vary");
    expect(wordsOf(section)).toContain("Nothing shows yet how answers vary within one group");
    expect(section).not.toContain("<details");
  });

  test("alone are not compared", async () => {
    const nobody = anOperator({ actorId: null, name: null, ...unknown });
    expect(wordsOf(await card([anOperator(), nobody], null))).not.toMatch(/stand by|Nothing shows/);
  });

  test("have their estimate and its interval drawn from 1 to 5", async () => {
    const section = await card(three, 0.8);
    // 4.2 is 3.2 of 4 steps up, 4.6 is 3.6, 4.4 is 3.4.
    expect(section).toContain('<line class="between" x1="80%" x2="90%"');
    expect(section).toContain('<circle cx="85%"');
    expect(section.match(/class="between"/g)).toHaveLength(3);
  });

  test("are announced where there are none yet", async () => {
    expect(wordsOf(await card([], null))).toContain("No responses in these days.");
  });
});
