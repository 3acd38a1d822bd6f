import { expect, test } from "vitest";
import { checkedCounts, type MetricsCounts } from "./counts.ts";

const counts: MetricsCounts = {
  sent: [{ day: "2026-01-05", count: 3 }],
  ratings: [{ day: "2026-01-05", rating: 5, count: 2 }],
  resolvers: [{ actorId: null, rating: 5, count: 2 }],
  cohortAnswered: 0,
};

test("whole numbers pass as they are", () => {
  expect(checkedCounts(counts)).toBe(counts);
});

// A driver that answers count(*) as text, a storage that divides, a column that is null.
test.each([Number.NaN, "2", 1.5, -1, null, undefined, Number.POSITIVE_INFINITY, 2n])(
  "a count of %s is refused by its place",
  (count) => {
    // Storages without types answer anything.
    const wrong = count as number;
    const places: readonly (readonly [string, MetricsCounts])[] = [
      ["sent.1.count", { ...counts, sent: [...counts.sent, { day: "2026-01-06", count: wrong }] }],
      ["ratings.0.count", { ...counts, ratings: [{ day: "2026-01-05", rating: 1, count: wrong }] }],
      ["resolvers.0.count", { ...counts, resolvers: [{ actorId: "bob", rating: 1, count: wrong }] }],
      ["cohortAnswered", { ...counts, cohortAnswered: wrong }],
    ];
    for (const [path, given] of places) {
      const refusal = { code: "invalid_answer", issues: [{ path, message: "must be a whole number" }] };
      expect(() => checkedCounts(given)).toThrow(expect.objectContaining(refusal));
    }
  },
);
