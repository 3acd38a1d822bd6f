import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criticalT, twoSidedTailOfT } from "./student-t.ts";

// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, upper critical values of Student's t; the columns
// 0.975 and 0.995 are the two-sided 5 % and 1 %. The handbook prints three decimals; the fourth and the rows 2.2281,
// 2.0423 and 1.9799 are from Abramowitz and Stegun, table 26.10.
describe("the factor of an interval agrees with the published tables", () => {
  test.each([
    [1, 12.706, 63.657, 3],
    [2, 4.303, 9.925, 3],
    [5, 2.571, 4.032, 3],
    [10, 2.2281, 3.1693, 4],
    [30, 2.0423, 2.75, 4],
    [60, 2.0003, 2.6603, 4],
    [100, 1.984, 2.626, 3],
    [120, 1.9799, 2.6174, 4],
  ])("%d degrees of freedom: %d and %d", (degrees, five, one, decimals) => {
    expect(criticalT(0.05, degrees).toFixed(decimals)).toBe(five.toFixed(decimals));
    expect(criticalT(0.01, degrees).toFixed(decimals)).toBe(one.toFixed(decimals));
  });

  test("of very many degrees of freedom it is that of the normal distribution, 1.9600", () => {
    for (const degrees of [1e6, 1e7, 1e8]) expect(criticalT(0.05, degrees).toFixed(4)).toBe("1.9600");
  });
});

test.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])(
  "%d degrees of freedom have no factor, and no end of time is spent on them",
  (degrees) => {
    expect(criticalT(0.05, degrees)).toBe(Number.NaN);
  },
);

describe("the tail of Student's t", () => {
  // One degree of freedom is Cauchy's distribution: P(|T| > t) = 1 − 2 ÷ π × arctan t. Two: 1 − t ÷ √(2 + t²).
  test.each([0.01, 0.5, 1, 2, 12.706, 1000])("at %d is what calculus gives for 1 and 2 degrees", (t) => {
    expect(twoSidedTailOfT(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
    expect(twoSidedTailOfT(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
  });

  test("is everything beyond 0 and nothing beyond infinity", () => {
    expect(twoSidedTailOfT(0, 7)).toBe(1);
    expect(twoSidedTailOfT(Number.POSITIVE_INFINITY, 7)).toBe(0);
  });

  test("is the same on both sides, shrinks outwards and stays a probability", () => {
    const degrees = fc.double({ min: 0.5, max: 1e7, noNaN: true });
    const t = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(degrees, t, t, (df, one, other) => {
        const [inner, outer] = [Math.min(one, other), Math.max(one, other)];
        const [near, far] = [twoSidedTailOfT(inner, df), twoSidedTailOfT(outer, df)];
        expect(twoSidedTailOfT(-inner, df)).toBe(near);
        expect(near).toBeLessThanOrEqual(1 + 1e-9);
        expect(far).toBeGreaterThanOrEqual(0);
        expect(far).toBeLessThanOrEqual(near + 1e-9);
      }),
    );
  });
});
