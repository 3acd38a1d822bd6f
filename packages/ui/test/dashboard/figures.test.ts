import type { Metrics, PeriodSummary } from "@csat/core";
import { describe, expect, test } from "vitest";
import { draw, figureOf, sectionOf, someMetrics, wordsOf } from "./a-dashboard.ts";

const ordinary = someMetrics();

/** The same figures with some of the current ones, and of the changes, put otherwise. */
function metricsWith(
  current: Partial<PeriodSummary>,
  delta: Partial<Metrics["delta"]> = {},
  tests: Partial<Metrics["delta"]["tests"]> = {},
): Metrics {
  return someMetrics({
    current: { ...ordinary.current, ...current },
    delta: { ...ordinary.delta, ...delta, tests: { ...ordinary.delta.tests, ...tests } },
  });
}

describe("the figures of a dashboard", () => {
  // S39 S41 S43
  test("are those that were given, each with its range and its change", async () => {
    const html = await draw(ordinary);
    expect(figureOf(html, "average")).toMatch(/^Average 4\.32 ▲up 0\.11 95% confidence interval 4\.27–4\.37/);
    expect(figureOf(html, "response-rate")).toMatch(/38% -2 points within noise .*36%–40% of 3,284 sent/);
    expect(figureOf(html, "responses")).toMatch(/1,248 ▲up 96 1,152 in the 7 days before/);
    expect(figureOf(html, "csat")).toMatch(/86% ▲up 3 points 95% confidence interval 84%–88%/);
  });

  // S41
  test("say what is typical, and how many of the surveys sent are answered by now", async () => {
    const rate = figureOf(await draw(ordinary), "response-rate");
    expect(rate).toContain("Typical for e-mail: 15%–40%");
    expect(rate).toContain("Of those sent in these days, 41% have answered so far.");
  });

  // S44
  test("have the ratings below them, 5 first, with count, share and a bar as long as the count", async () => {
    const section = sectionOf(await draw(ordinary), "<h2>Ratings");
    expect(wordsOf(section)).toContain(
      // Heard, then seen: the number, the count and the share stand beside the bar.
      "Rated 5: 702 responses, 56%570256% Rated 4: 371 responses, 30%437130% Rated 3: 100 responses, 8%31008% Rated 2: 35 responses, 3%2353% Rated 1: 40 responses, 3%1403%",
    );
    // 371 ÷ 702 of the longest bar, and so on.
    expect(
      Array.from(section.matchAll(/<rect class="fill-(\d)" width="([^"]*)"/g), ([, rating, width]) => [
        rating,
        width,
      ]),
    ).toEqual([
      ["5", "100%"],
      ["4", "52.85%"],
      ["3", "14.25%"],
      ["2", "4.99%"],
      ["1", "5.7%"],
    ]);
  });

  // S45
  test("name their days and those they are compared with, in UTC", async () => {
    const words = wordsOf(await draw(ordinary));
    expect(words).toMatch(/Nov 24 – 30, 2026, UTCcompared with Nov 17 – 23, 2026/);
  });

  test.each([
    ["de", "4,32", "38 %", "1.248", "24.–30. Nov. 2026"],
    ["fr", "4,32", "38 %", "1 248", "24–30 nov. 2026"],
    ["en-IN", "4.32", "38%", "1,248", "24–30 Nov 2026"],
    ["ja", "4.32", "38%", "1,248", "2026/11/24"],
    ["ar-EG", "٤٫٣٢", "٣٨٪", "١٬٢٤٨", "٢٤–٣٠ نوفمبر ٢٠٢٦"],
    ["no such tag", "4.32", "38%", "1,248", "Nov 24 – 30, 2026"],
  ])("stand as people write them in %s", async (locale, average, rate, responses, days) => {
    const html = await draw(ordinary, { locale });
    expect(figureOf(html, "average")).toContain(average);
    expect(figureOf(html, "response-rate")).toContain(rate);
    expect(figureOf(html, "responses")).toContain(responses);
    expect(wordsOf(html)).toContain(days);
  });
});

describe("a figure that there is none of", () => {
  const none: Partial<PeriodSummary> = {
    sent: 0,
    responses: 0,
    averageRating: null,
    averageRatingInterval: null,
    responseRate: null,
    responseRateInterval: null,
    satisfiedShare: null,
    satisfiedShareInterval: null,
    distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    isSmall: true,
  };
  const withoutAny = metricsWith(none, { averageRating: null, responseRate: null, satisfiedShare: null });

  // S41 S43
  test("is a dash with its reason, on hover and for screen readers", async () => {
    const html = await draw(withoutAny);
    expect(figureOf(html, "average")).toMatch(/Average –none: no responses in these days of/);
    expect(figureOf(html, "response-rate")).toMatch(
      /rate –none: no surveys were sent in these days of 0 sent/,
    );
    expect(figureOf(html, "csat")).toMatch(/\) –none: no responses in these days of/);
    expect(html).toContain('title="no surveys were sent in these days"><span aria-hidden="true">–</span>');
  });

  test("makes a share of the ratings a dash too", async () => {
    const ratings = wordsOf(sectionOf(await draw(withoutAny), "<h2>Ratings"));
    expect(ratings).toContain("Rated 5: 0 responses, none: no responses in these days50–");
  });

  test("never shows as what a program calls it", async () => {
    expect(wordsOf(await draw(withoutAny))).not.toMatch(/NaN|null|undefined|Infinity|object/);
  });

  test("is told apart from an empty page: what is without answers shows its days", async () => {
    expect(wordsOf(await draw(withoutAny))).toContain("No answers in these days yet.");
  });

  test.each([
    ["one answer has no range", 1],
    ["all answers are alike, which shows no range", 30],
  ])("as a range says why: %s", async (reason, responses) => {
    const html = await draw(metricsWith({ responses, averageRatingInterval: null }));
    expect(figureOf(html, "average")).toContain(`–none: ${reason}`);
  });

  // S41
  test("as the range of a rate above 1 says that some answers belong to earlier surveys", async () => {
    const html = await draw(metricsWith({ responseRate: 1.5, responseRateInterval: null }));
    expect(figureOf(html, "response-rate")).toMatch(/150%.*–none: more answers than surveys sent/);
  });

  test("as a change says that there is nothing to compare with", async () => {
    const html = await draw(metricsWith({}, { averageRating: null }, { averageRating: null }));
    expect(figureOf(html, "average")).toContain("4.32 –none: nothing to compare with in the days before");
  });
});

describe("a change", () => {
  const noise = { pValue: 0.6, isBeyondNoise: false };
  const real = { pValue: 0.01, isBeyondNoise: true };

  test("within noise is grey, has its sign and says so", async () => {
    const html = await draw(metricsWith({}, { averageRating: 0.11 }, { averageRating: noise }));
    expect(figureOf(html, "average")).toContain("+0.11 within noise");
    expect(sectionOf(html, 'data-figure="average"')).not.toMatch(/▲|▼|delta up|delta down/);
  });

  test("beyond noise has an arrow, a colour and a word", async () => {
    const html = await draw(metricsWith({}, { averageRating: -0.2 }, { averageRating: real }));
    expect(figureOf(html, "average")).toContain("▼down 0.20");
    expect(sectionOf(html, 'data-figure="average"')).toContain('class="delta down"');
  });

  test("that nothing could test is neither noise nor more", async () => {
    const html = await draw(metricsWith({}, { averageRating: 1 }, { averageRating: null }));
    expect(figureOf(html, "average")).toContain("+1.00 untested");
    expect(figureOf(html, "average")).not.toMatch(/noise|▲/);
  });

  test("too small to write, but more than noise, is not written as none", async () => {
    const tiny = metricsWith({}, { averageRating: 0.004, satisfiedShare: -0.3 }, { averageRating: real });
    const html = await draw(tiny);
    expect(figureOf(html, "average")).toContain("▲up under 0.01");
    expect(figureOf(html, "csat")).toContain("▼down under 1 point");
  });

  test("of one point is one point", async () => {
    const html = await draw(metricsWith({}, { satisfiedShare: 1, responseRate: -1.2 }));
    expect(figureOf(html, "csat")).toContain("▲up 1 point ");
    expect(figureOf(html, "response-rate")).toContain("-1 point within noise");
  });

  test.each([
    [-5, "▼down 5"],
    [0, "unchanged"],
  ])("of the number of responses, %i, is neither good nor bad", async (responses, words) => {
    const html = await draw(metricsWith({}, { responses }));
    expect(figureOf(html, "responses")).toContain(words);
    expect(sectionOf(html, 'data-figure="responses"')).not.toMatch(/delta up|delta down/);
  });
});

describe("few answers", () => {
  test("are said in words, at the average and at CSAT", async () => {
    const html = await draw(metricsWith({ responses: 3, isSmall: true }));
    expect(wordsOf(html)).toContain(
      "Few answers: 3 answers in these days, too few to conclude anything from.",
    );
    expect(figureOf(html, "average")).toContain("few answers");
    expect(figureOf(html, "csat")).toContain("few answers");
  });

  test("are not said of enough", async () => {
    expect(wordsOf(await draw(ordinary))).not.toMatch(/few answers/i);
  });
});

describe("channels", () => {
  test("have a table of their own, an unanswered one without an average", async () => {
    // S80, S82
    const byChannel = [
      { channel: "email", sent: 40, responses: 12, averageRating: 4.5 },
      { channel: "text_message", sent: 3, responses: 0, averageRating: null },
    ];
    const words = wordsOf(sectionOf(await draw(someMetrics({ byChannel })), "By channel"));
    expect(words).toMatch(/email40124\.50 text message30–none: no responses/);
  });

  test("are not spoken of while there is nothing but mail", async () => {
    expect(await draw(ordinary)).not.toContain("By channel");
  });
});
