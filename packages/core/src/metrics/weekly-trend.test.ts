import { expect, test } from "vitest";
import type { Rating } from "../survey/response.ts";
import { weeklyTrend } from "./weekly-trend.ts";

const window = { from: new Date("2026-03-01T00:00:00Z"), until: new Date("2026-03-10T00:00:00Z") };
const rated = (day: string, rating: Rating, count = 1) => ({ day, rating, count });

test("weeks end with the window; what is over stands first, and days before the window count nowhere", () => {
  // Nine days: two and seven. 4 and 5: 4.5 with a variance of 0.5, t for one degree 12.7062, beyond both ends.
  const ratings = [
    rated("2026-02-28", 1),
    rated("2026-03-02", 5),
    rated("2026-03-03", 4),
    rated("2026-03-09", 5),
  ];
  expect(weeklyTrend(window, { ratings })).toEqual([
    {
      from: "2026-03-01",
      to: "2026-03-02",
      responses: 1,
      averageRating: 5,
      averageRatingInterval: null,
    },
    {
      from: "2026-03-03",
      to: "2026-03-09",
      responses: 2,
      averageRating: 4.5,
      averageRatingInterval: { low: 1, high: 5 },
    },
  ]);
});

test("whole weeks have seven days each, those without answers no average", () => {
  const fortnight = { from: new Date("2026-02-24T00:00:00Z"), until: window.until };
  expect(weeklyTrend(fortnight, { ratings: [] })).toEqual(
    [
      ["2026-02-24", "2026-03-02"],
      ["2026-03-03", "2026-03-09"],
    ].map(([from, to]) => ({ from, to, responses: 0, averageRating: null, averageRatingInterval: null })),
  );
});
