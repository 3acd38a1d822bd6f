import { expect, test } from "vitest";
import {
  averageOf,
  distributionOf,
  fraction,
  sampleOf,
  satisfiedOf,
  sumOf,
  sumOfCounts,
  totalOf,
} from "./tally.ts";

const some = { 1: 1, 2: 0, 3: 2, 4: 3, 5: 4 };
const none = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };

test("a distribution has all five ratings, and adds up what comes in parts", () => {
  // S44
  expect(distributionOf([])).toEqual(none);
  const rows = [
    { rating: 5, count: 3 },
    { rating: 4, count: 3 },
    { rating: 3, count: 2 },
    { rating: 5, count: 1 },
    { rating: 1, count: 1 },
  ] as const;
  expect(distributionOf(rows)).toEqual(some);
});

test("total, sum and satisfied are integers; the average is the mean of ratings", () => {
  // S43: 1 + 6 + 12 + 20 = 39 of 10.
  expect([totalOf(some), sumOf(some), satisfiedOf(some), averageOf(some)]).toEqual([10, 39, 7, 3.9]);
  expect([totalOf(none), sumOf(none), satisfiedOf(none), averageOf(none)]).toEqual([0, 0, 0, null]);
  expect(sumOfCounts([{ count: 2 }, { count: 3 }])).toBe(5);
});

test("the sample variance divides by one less than the number", () => {
  // Squares 1 + 18 + 48 + 100 = 167; 167 − 39² ÷ 10 = 14.9; ÷ 9 = 1.655556.
  expect(sampleOf(some)).toEqual({ average: 3.9, variance: expect.closeTo(1.655556, 6), total: 10 });
  expect(sampleOf({ ...none, 2: 1 })).toBeNull();
});

test("a million equal ratings vary by exactly nothing", () => {
  for (const rating of [1, 2, 3, 4, 5]) {
    expect(sampleOf({ ...none, [rating]: 999_999 })?.variance).toBe(0);
  }
});

test("a fraction of nothing is null, one of more than all exceeds 1", () => {
  // S41
  expect([fraction(0, 0), fraction(1, 0), fraction(0, 4), fraction(5, 4)]).toEqual([null, null, 0, 1.25]);
});
