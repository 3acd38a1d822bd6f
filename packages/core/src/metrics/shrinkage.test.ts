import { expect, test } from "vitest";
import {
  betweenVariance,
  type GroupMean,
  groupMean,
  meanOfGroups,
  pooledVariance,
  rankabilityOf,
  shrinkMeans,
} from "./shrinkage.ts";
import type { Distribution } from "./tally.ts";

/** As many answers of each rating, 1 first. */
const rated = (...counts: readonly number[]): Distribution => {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = counts;
  return { 1: one, 2: two, 3: three, 4: four, 5: five };
};

// Thirteen trials of the BCG vaccine: ill and well of the vaccinated, ill and well of the others (G. A. Colditz et al.,
// J. Am. Med. Assoc. 271, 1994). Compared by the logarithm of their relative risks.
const trials: readonly GroupMean[] = (
  [
    [4, 119, 11, 128],
    [6, 300, 29, 274],
    [3, 228, 11, 209],
    [62, 13_536, 248, 12_619],
    [33, 5_036, 47, 5_761],
    [180, 1_361, 372, 1_079],
    [8, 2_537, 10, 619],
    [505, 87_886, 499, 87_892],
    [29, 7_470, 45, 7_232],
    [17, 1_699, 65, 1_600],
    [186, 50_448, 141, 27_197],
    [5, 2_493, 3, 2_338],
    [27, 16_886, 29, 17_825],
  ] as const
).map(([ill, well, illOfOthers, wellOfOthers]) => {
  const [all, others] = [ill + well, illOfOthers + wellOfOthers];
  return {
    mean: Math.log(ill / all / (illOfOthers / others)),
    variance: 1 / ill - 1 / all + 1 / illOfOthers - 1 / others,
  };
});

test("variance between groups: the published one of the BCG trials, and the mean of their effects", () => {
  // S86. DerSimonian and Laird's estimate of τ² and μ, as printed for this set (W. Viechtbauer, J. Stat. Softw. 36, 2010).
  const between = betweenVariance(trials);
  expect(between).toBeCloseTo(0.3088, 4);
  expect(meanOfGroups(trials, between)).toBeCloseTo(-0.7141, 4);
});

test("rankability: variance between groups against the median of the variances of their means", () => {
  // S86. The seventh of thirteen variances, by their size, is the last trial's: 1 ÷ 27 − 1 ÷ 16913 + 1 ÷ 29 − 1 ÷ 17854.
  const median = 1 / 27 - 1 / 16_913 + 1 / 29 - 1 / 17_854;
  expect(rankabilityOf(trials, 0.3088)).toBeCloseTo(0.3088 / (0.3088 + median), 10);
  expect(rankabilityOf(trials, 0.3088)).toBeCloseTo(0.8122, 4);
});

test("estimates: the published ones of nineteen experiments on what teachers expect, and their intervals", () => {
  // S86. S. W. Raudenbush and A. S. Bryk, J. Educ. Stat. 10, 1985; estimates and limits to four digits as in Figure 2 of
  // Raudenbush's chapter in the Handbook of Research Synthesis, 2009, where τ² is 0.0188, here with another digit.
  const effects = [
    0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.8, 0.54, 0.18, -0.02, 0.23, -0.18, -0.06, 0.3,
    0.07, -0.07,
  ];
  const variances = [
    0.0156, 0.0216, 0.0279, 0.1391, 0.1362, 0.0106, 0.0106, 0.0484, 0.0269, 0.063, 0.0912, 0.0497, 0.0835,
    0.0841, 0.0253, 0.0279, 0.0193, 0.0088, 0.0303,
  ];
  const groups = effects.map((mean, index) => ({ mean, variance: variances[index] ?? Number.NaN }));
  const shrunk = shrinkMeans(groups, 0.01882);
  expect(shrunk.map(({ estimate }) => Number(estimate.toFixed(4)))).toEqual([
    0.0543, 0.1006, -0.0064, 0.2144, 0.1051, -0.0082, 0.0174, -0.0293, 0.1604, 0.2485, 0.1618, 0.1102, 0.0646,
    0.1105, -0.0288, 0.0258, 0.1905, 0.0744, 0.0248,
  ]);
  const limits = shrunk.slice(0, 3).map(({ interval: { low, high } }) => [low.toFixed(4), high.toFixed(4)]);
  expect(limits).toEqual([
    ["-0.1324", "0.2411"],
    ["-0.1033", "0.3045"],
    ["-0.2228", "0.2100"],
  ]);
});

test("where chance explains all differences nothing is between groups, and each estimate is the mean of all", () => {
  // S86. Eight schools that coached for a test (D. B. Rubin, J. Educ. Stat. 6, 1981): Q is 4.7 for 7 degrees, so τ² is 0, and the
  // mean of all 7.7 with a standard error of 4.1.
  const errors = [15, 10, 16, 11, 9, 11, 10, 18];
  const schools = [28, 8, -3, 7, -1, 1, 18, 12].map((mean, index) => ({
    mean,
    variance: (errors[index] ?? Number.NaN) ** 2,
  }));
  expect(betweenVariance(schools)).toBe(0);
  expect(rankabilityOf(schools, 0)).toBe(0);
  for (const { estimate, interval } of shrinkMeans(schools, 0)) {
    expect(estimate).toBeCloseTo(7.686, 3);
    expect(interval.high - estimate).toBeCloseTo(1.96 * 4.072, 2);
  }
});

test("the variance within groups is pooled over all ratings, each against the mean of its own group", () => {
  // 4 and 5 around 4.5: 0.5. 1, 3, 3 and 5 around 3: 8. One answer tells nothing. 8.5 by 1 + 3 degrees.
  expect(pooledVariance([rated(0, 0, 0, 1, 1), rated(1, 0, 2, 0, 1), rated(0, 1)])).toBeCloseTo(8.5 / 4, 12);
  expect(pooledVariance([rated(0, 0, 0, 0, 7), rated(3)])).toBe(0);
  expect(pooledVariance([rated(1), rated(0, 0, 0, 0, 1)])).toBeNull();
  expect(pooledVariance([])).toBeNull();
});

test("a mean of n ratings has the variance of one, divided by n", () => {
  expect(groupMean(rated(0, 0, 0, 2, 2), 1.2)).toEqual({ mean: 4.5, variance: 0.3 });
  expect(groupMean(rated(0, 0, 3), 1.2)).toEqual({ mean: 3, variance: expect.closeTo(0.4, 12) });
});

test("one group and none have nothing between them", () => {
  expect(betweenVariance([{ mean: 4, variance: 0.1 }])).toBe(0);
  expect(betweenVariance([])).toBe(0);
  expect(shrinkMeans([], 0)).toEqual([]);
});
