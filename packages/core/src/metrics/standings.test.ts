import { expect, test } from "vitest";
import { betweenVariance, meanOfGroups, rankabilityOf, shrinkMeans } from "./shrinkage.ts";
import { inOrder } from "./standings.ts";
import type { Distribution } from "./tally.ts";

/** As many answers of each rating, 1 first. */
const rated = (name: string, ...counts: readonly number[]) => {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = counts;
  const distribution: Distribution = { 1: one, 2: two, 3: three, 4: four, 5: five };
  return { name, distribution };
};
const placesOf = (groups: readonly ReturnType<typeof rated>[]) =>
  inOrder(groups).groups.map(({ name, place }) => [name, place]);

test("a 5.0 of three answers does not stand above a 4.6 of forty", () => {
  // S86. Worked out anew, in full, from the formulas: variance of one answer 1.
  const groups = [
    [3, 5],
    [5, 4.8],
    [40, 4.6],
    [120, 4.5],
    [300, 4.2],
    [12, 3.9],
  ] as const;
  const means = groups.map(([n, mean]) => ({ mean, variance: 1 / n }));
  // N = 480, Σ n × mean = 2069.8; Q = Σ n × mean² − 2069.8² ÷ 480; Σ n² = 106,178.
  const q = 75 + 115.2 + 846.4 + 2430 + 5292 + 182.52 - 2069.8 ** 2 / 480;
  const between = (q - 5) / (480 - 106_178 / 480);
  expect(betweenVariance(means)).toBeCloseTo(between, 10);
  expect(between).toBeCloseTo(0.0424, 4);
  expect(meanOfGroups(means, between)).toBeCloseTo(4.398, 3);
  // The middle ones of six have 12 and 40 answers.
  expect(rankabilityOf(means, between)).toBeCloseTo(between / (between + (1 / 12 + 1 / 40) / 2), 10);
  expect(rankabilityOf(means, between)).toBeCloseTo(0.439, 3);
  const estimates = shrinkMeans(means, between).map(({ estimate }) => estimate.toFixed(3));
  expect(estimates.slice(0, 3)).toEqual(["4.466", "4.468", "4.525"]);
});

test("below a rankability of a half groups stand by name, as people look for names, and have no place", () => {
  // S86. Means 4.5, 4.4, 4.6: Q is below its 2 degrees.
  const { rankability, groups } = inOrder([
    rated("Zoe", 0, 0, 0, 5, 5),
    rated("anders", 0, 0, 0, 6, 4),
    rated("Ängström", 0, 0, 0, 4, 6),
  ]);
  expect(rankability).toBe(0);
  expect(groups.map(({ name, place }) => [name, place])).toEqual([
    ["anders", null],
    ["Ängström", null],
    ["Zoe", null],
  ]);
  // Nothing is between them: each estimate is the mean of all 30.
  for (const { estimate } of groups) expect(estimate).toBeCloseTo(4.5, 12);
});

test("from a half on the best estimate stands first; neighbours whose intervals overlap share a place", () => {
  // S86. 100 answers each: means 4.5, 4.45, 2.5, 1.5, far beyond their errors of 0.05.
  const groups = [
    rated("low", 50, 50),
    rated("near", 0, 0, 0, 55, 45),
    rated("middle", 0, 50, 50),
    rated("top", 0, 0, 0, 50, 50),
  ];
  expect(inOrder(groups).rankability).toBeGreaterThan(0.99);
  expect(placesOf(groups)).toEqual([
    ["top", 1],
    ["near", 1],
    ["middle", 3],
    ["low", 4],
  ]);
});

test("two of one name stand in the order in which they came", () => {
  const [first, second] = inOrder([rated("Kim", 0, 0, 0, 3, 3), rated("Kim", 0, 0, 0, 4, 4)]).groups;
  expect([first?.distribution[4], second?.distribution[4]]).toEqual([3, 4]);
});

test("equal estimates share a place and stand by name; an interval ends where ratings do", () => {
  const groups = [rated("b", 0, 0, 0, 1, 99), rated("a", 0, 0, 0, 1, 99), rated("c", 99, 1)];
  expect(placesOf(groups)).toEqual([
    ["a", 1],
    ["b", 1],
    ["c", 3],
  ]);
  const [first, , last] = inOrder([...groups, rated("d", 0, 0, 0, 0, 1)]).groups;
  expect(first?.estimateInterval?.high).toBeLessThanOrEqual(5);
  expect(last?.estimateInterval).not.toBeNull();
  expect(inOrder([rated("x", 1, 0, 0, 0, 1), rated("y", 1)]).groups[0]?.estimateInterval).toMatchObject({
    low: 1,
  });
});

test("of 1,000 desks of 30 equal operators with 5 to 200 answers at most ten show any order", () => {
  // S86. Every answer is drawn alike: 4, 5, 11, 30 and 50 of a hundred are 1 to 5.
  const random = seeded(20_261_127);
  let ordered = 0;
  for (let desk = 0; desk < 1_000; desk++) {
    const operators = Array.from({ length: 30 }, (_, index) => {
      const counts = [0, 0, 0, 0, 0];
      const responses = 5 + Math.floor(random() * 196);
      for (let answer = 0; answer < responses; answer++) {
        const drawn = random() * 100;
        const place = drawn < 4 ? 0 : drawn < 9 ? 1 : drawn < 20 ? 2 : drawn < 50 ? 3 : 4;
        counts[place] = (counts[place] ?? 0) + 1;
      }
      return rated(String(index), ...counts);
    });
    if (inOrder(operators).groups.some(({ place }) => place !== null)) ordered += 1;
  }
  expect(ordered).toBeLessThanOrEqual(10);
});

test("what says nothing about an order has none: nobody, one group, answers all alike, one answer each", () => {
  expect(inOrder([])).toEqual({ rankability: null, groups: [] });
  // Its own mean 4 and, of 2 ÷ 3 as the variance of one answer, 4 ± 1.96 × √(2 ÷ 12).
  expect(inOrder([rated("one", 0, 0, 1, 2, 1)])).toMatchObject({
    rankability: null,
    groups: [
      {
        estimate: 4,
        estimateInterval: { low: expect.closeTo(3.1998, 4), high: expect.closeTo(4.8002, 4) },
        place: null,
      },
    ],
  });
  const unknown = { estimate: null, estimateInterval: null, place: null };
  const alike = inOrder([rated("b", 0, 0, 0, 0, 9), rated("a", 4)]);
  expect(alike).toMatchObject({ rankability: null, groups: [unknown, unknown] });
  expect(alike.groups.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(inOrder([rated("b", 1), rated("a", 0, 0, 0, 0, 1)])).toMatchObject({
    rankability: null,
    groups: [unknown, unknown],
  });
});

// Mulberry32, by T. Ettinger: the same numbers from the same seed, evenly in [0, 1).
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
