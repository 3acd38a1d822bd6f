import { describe, expect, test } from "vitest";
import { draw, linksOf, sectionOf, someDays, someMetrics, wordsOf } from "./a-dashboard.ts";

const chart = "<h2>Responses per day";
/** The commands of the first path of a class within the plot. */
function pathOf(html: string, name: string): string {
  const plot = html.slice(html.indexOf('<div class="plot">'));
  return new RegExp(`<path class="${name}[^"]*" d="([^"]*)"`).exec(plot)?.[1] ?? "";
}

describe("the chart of the days", () => {
  const fourDays = someMetrics({ daily: someDays([4, 0, 2, 8], [4, null, 3, 5]) });

  // S44
  test("has a bar as high as the responses of each day, and none on a day without", async () => {
    // Four days of 250 units; 200 units are 8 responses; a bar is 60 wide at most.
    expect(pathOf(await draw(fourDays), "bars")).toBe(
      "M95 200V100h60V200ZM595 200V150h60V200ZM845 200V0h60V200Z",
    );
  });

  // S44
  test("has a line through the averages, with a gap where there is none", async () => {
    // From 1 at 200 to 5 at 0: 4 is at 50, 3 at 100.
    expect(pathOf(await draw(fourDays), "average")).toBe("M125,50ZM625,100L875,0");
  });

  test("names its axes: even steps of responses, and 5 to 1", async () => {
    const section = sectionOf(await draw(someMetrics({ daily: someDays([41, 3], [4, 4]) })), chart);
    expect(section).toContain("<span>80</span><span>60</span><span>40</span><span>20</span><span>0</span>");
    expect(section).toContain("<span>5</span><span>4</span><span>3</span><span>2</span><span>1</span>");
  });

  test("is one image with a name and a description to screen readers", async () => {
    const html = await draw(fourDays);
    expect(html).toMatch(
      /role="img"><title>Responses per day, and their average<\/title><desc>Nov 24\s–\s30, 2026: 1,248 responses, average 4\.32\. 1 day without any\./u,
    );
  });

  // S44
  test("stands as a table too, with every day", async () => {
    const rows = Array.from(
      sectionOf(await draw(fourDays), chart).matchAll(/<tr><th scope="row">.*<\/tr>/g),
      ([row]) => wordsOf(row.replace(/<\/t[dh]>/g, " ")),
    );
    expect(rows).toEqual([
      "Nov 24 10 4 4.00",
      "Nov 25 10 0 –none: no responses on this day",
      "Nov 26 10 2 3.00",
      "Nov 27 10 8 5.00",
    ]);
  });

  test("says what a day has, in words under the pointer", async () => {
    const section = sectionOf(await draw(fourDays), chart);
    const tips = Array.from(section.matchAll(/data-tip="([^"]*)"><title>([^<]*)</g), ([, tip, title]) => [
      tip,
      title,
    ]);
    const first = "Nov 24, 2026: 4 responses, average 4.00, 10 sent";
    expect(tips).toHaveLength(4);
    expect(tips[0]).toEqual([first, first]);
    expect(tips[1]?.[0]).toBe("Nov 25, 2026: 0 responses, 10 sent");
  });

  test("leads from each day to its answers: the pointer by the bars, keys by the table", async () => {
    const section = sectionOf(await draw(fourDays, { query: "?days=7" }), chart);
    const links = linksOf(section);
    const day = "/csat/api/analytics/responses?from=2026-11-25&to=2026-11-25&back=days%3D7";
    expect(links).toHaveLength(8);
    expect([links[1], links[5]]).toEqual([day, day]);
    expect(section.match(/tabindex="-1"/g)).toHaveLength(4);
  });

  test.each([366, 3660])("is drawn for %i days, whose names do not crowd", async (count) => {
    const daily = someDays(
      Array.from({ length: count }, (_, index) => index % 9),
      Array.from({ length: count }, (_, index) => (index % 9 === 0 ? null : 4)),
    );
    const html = await draw(someMetrics({ daily }));
    const names = html.match(/<text [^>]*>/g) ?? [];
    expect(names.length).toBeLessThanOrEqual(13);
    expect(names.filter((name) => !name.includes("minor")).length).toBeLessThanOrEqual(3);
    expect(sectionOf(html, chart).match(/<tr><th scope="row">/g)).toHaveLength(count);
    expect(html).not.toMatch(/NaN|undefined/);
  });

  test("marks the days of a month with dots, and those of a longer time by the line alone", async () => {
    const month = (count: number) => someDays(Array<number>(count).fill(1), Array<number>(count).fill(4));
    expect(pathOf(await draw(fourDays), "dots")).toBe("M125 50h0M625 100h0M875 0h0");
    expect(pathOf(await draw(someMetrics({ daily: month(31) })), "dots")).not.toBe("");
    expect(pathOf(await draw(someMetrics({ daily: month(32) })), "dots")).toBe("");
  });

  test("marks an average that stands alone, whatever the time: no line would show it", async () => {
    const averages = Array.from({ length: 40 }, (_, index) => ([0, 20, 21].includes(index) ? 5 : null));
    const daily = someDays(
      averages.map((average) => (average === null ? 0 : 1)),
      averages,
    );
    // Forty days have 25 units each.
    expect(pathOf(await draw(someMetrics({ daily })), "dots")).toBe("M12.5 0h0");
  });

  test("leaves gaps between bars up to 120 days; more would be faint with them", async () => {
    const days = (count: number) => someMetrics({ daily: someDays(Array<number>(count).fill(1), []) });
    // 100 days have 10 units each, 200 days 5.
    expect(pathOf(await draw(days(100)), "bars")).toMatch(/^M1\.25 200V150h7\.5V200Z/);
    expect(pathOf(await draw(days(200)), "bars")).toMatch(/^M0 200V150h5V200ZM5 200/);
  });

  test("leads the pointer to single days as long as it can hit them", async () => {
    const days = (count: number) => someMetrics({ daily: someDays(Array<number>(count).fill(1), []) });
    expect((await draw(days(400))).match(/tabindex="-1"/g)).toHaveLength(400);
    expect(await draw(days(401))).not.toContain('tabindex="-1"');
  });

  test("of days without any answer has neither bars nor a line", async () => {
    const html = await draw(someMetrics({ daily: someDays([0, 0], [null, null]) }));
    expect([pathOf(html, "bars"), pathOf(html, "average")]).toEqual(["", ""]);
  });
});
