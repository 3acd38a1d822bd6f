import { describe, expect, test } from "vitest";
import { averageInterval, meanInterval, wilsonInterval } from "./intervals.ts";

// Source: R. G. Newcombe, Two-sided confidence intervals for the single proportion, Stat. Med. 17 (1998), table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("the interval of %d of %d is the published one, %d to %d", (count, of, low, high) => {
  const interval = wilsonInterval(count, of);
  expect([interval?.low.toFixed(4), interval?.high.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
});

test("where all did it the interval ends at 1, and mirrors that of none", () => {
  expect(wilsonInterval(20, 20)?.high).toBe(1);
  expect(wilsonInterval(20, 20)?.low).toBeCloseTo(1 - 0.1611, 4);
});

test("what is no proportion has no interval", () => {
  // S41: answers to earlier sends can outnumber the sends of a window.
  expect(wilsonInterval(0, 0)).toBeNull();
  expect(wilsonInterval(3, 2)).toBeNull();
});

// Source: NIST/SEMATECH e-Handbook, 1.3.5.2, data set ZARR13.DAT: 195 values, 95 % from 9.258242 to 9.264679.
test("the interval of a mean is the published one", () => {
  const { low, high } = meanInterval({ average: 9.26146, variance: 0.022789 ** 2, total: 195 });
  expect([low, high]).toEqual([expect.closeTo(9.258242, 5), expect.closeTo(9.264679, 5)]);
});

describe("the interval of an average rating", () => {
  test("is the mean and t standard errors to each side", () => {
    // Three 2s, four 4s, four 5s: n = 11, sum = 42, sum of squares = 176. Variance = (176 − 42²/11) / 10 = 1.563636, error = √(variance/11) = 0.377025.
    // t for 10 degrees is 2.2281: 42/11 ± 0.840050.
    const interval = averageInterval({ 1: 0, 2: 3, 3: 0, 4: 4, 5: 4 });
    expect(interval?.low).toBeCloseTo(3.818182 - 0.84005, 4);
    expect(interval?.high).toBeCloseTo(3.818182 + 0.84005, 4);
  });

  test("ends where the scale ends", () => {
    // Mean 3, variance 8, t for 1 degree 12.706: from −22 to 28.
    expect(averageInterval({ 1: 1, 2: 0, 3: 0, 4: 0, 5: 1 })).toEqual({ low: 1, high: 5 });
  });

  test("is null below two responses, and where all are alike", () => {
    expect(averageInterval({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 })).toBeNull();
    expect(averageInterval({ 1: 0, 2: 0, 3: 1, 4: 0, 5: 0 })).toBeNull();
    expect(averageInterval({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 9 })).toBeNull();
  });
});
