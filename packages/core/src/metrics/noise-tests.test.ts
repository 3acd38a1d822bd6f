import { describe, expect, test } from "vitest";
import { twoShareStatistic, twoShareTest, welchStatistic, welchTest } from "./noise-tests.ts";
import { twoSidedTailOfNormal } from "./normal.ts";
import { twoSidedTailOfT } from "./student-t.ts";
import type { Distribution } from "./tally.ts";

const only = (counts: Partial<Distribution>): Distribution => ({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, ...counts });

describe("Welch's t test agrees with published values", () => {
  // Source: the example of t.test in R's manual on the data set `sleep` (Student 1908): t = −1.8608, df = 17.776,
  // p-value = 0.07939.
  test("on Student's sleep data", () => {
    const { t, degrees } = welchStatistic(
      { average: 0.75, variance: 3.200556, total: 10 },
      { average: 2.33, variance: 4.009, total: 10 },
    );
    expect([t.toFixed(4), degrees.toFixed(3)]).toEqual(["-1.8608", "17.776"]);
    expect(twoSidedTailOfT(t, degrees).toFixed(5)).toBe("0.07939");
  });

  // Source: NIST/SEMATECH e-Handbook, 1.3.5.3, data set AUTO83B.DAT, variances not assumed equal: T = −12.94627 with
  // 136.8750 degrees of freedom.
  test("on the miles per gallon of the NIST handbook", () => {
    const { t, degrees } = welchStatistic(
      { average: 20.14458, variance: 6.4147 ** 2, total: 249 },
      { average: 30.48101, variance: 6.10771 ** 2, total: 79 },
    );
    expect([t.toFixed(4), degrees.toFixed(4)]).toEqual(["-12.9463", "136.8750"]);
  });
});

describe("the two-proportion z test agrees with published values", () => {
  // Source: R. A. Fisher, Statistical Methods for Research Workers, like-sex twins of criminals: χ² = 13.032.
  test("on Fisher's twins, whose χ² is the square of z", () => {
    const z = twoShareStatistic({ count: 10, of: 13 }, { count: 2, of: 17 });
    expect((z * z).toFixed(3)).toBe("13.032");
  });

  // Source: the example of proportions_ztest in the manual of statsmodels: 5 of 83 and 12 of 99, p = 0.159.
  test("on the example of statsmodels", () => {
    expect(twoShareTest({ count: 5, of: 83 }, { count: 12, of: 99 })?.pValue.toFixed(3)).toBe("0.159");
  });

  test("its tail is that of the normal distribution", () => {
    const [one, other] = [
      { count: 30, of: 100 },
      { count: 20, of: 100 },
    ];
    // Pooled 0.25: error = √(0.25 × 0.75 × 0.02) = 0.0612372, z = 0.1 / 0.0612372 = 1.632993.
    expect(twoShareStatistic(one, other)).toBeCloseTo(1.632993, 6);
    expect(twoShareTest(one, other)).toEqual({
      pValue: twoSidedTailOfNormal(twoShareStatistic(one, other)),
      isBeyondNoise: false,
    });
  });
});

describe("nothing is concluded", () => {
  test("of averages with fewer than two responses on a side, or without any spread", () => {
    expect(welchTest(only({ 5: 1 }), only({ 1: 5, 2: 5 }))).toBeNull();
    expect(welchTest(only({ 1: 5, 2: 5 }), only({}))).toBeNull();
    expect(welchTest(only({ 5: 9 }), only({ 1: 9 }))).toBeNull();
  });

  test("of shares of nothing, of more than all, of none twice and of all twice", () => {
    const share = { count: 1, of: 2 };
    expect(twoShareTest({ count: 0, of: 0 }, share)).toBeNull();
    expect(twoShareTest(share, { count: 3, of: 2 })).toBeNull();
    expect(twoShareTest({ count: 0, of: 9 }, { count: 0, of: 5 })).toBeNull();
    expect(twoShareTest({ count: 9, of: 9 }, { count: 5, of: 5 })).toBeNull();
  });

  test("of fewer than five on a side, however far they lie apart", () => {
    const [few, many] = [only({ 1: 3, 2: 1 }), only({ 4: 100, 5: 400 })];
    expect(welchTest(few, many)).toEqual({ pValue: expect.any(Number), isBeyondNoise: false });
    expect(welchTest(few, many)?.pValue).toBeLessThan(0.05);
    expect(welchTest(only({ 1: 4, 2: 1 }), many)?.isBeyondNoise).toBe(true);
    expect(twoShareTest({ count: 0, of: 4 }, { count: 500, of: 500 })?.isBeyondNoise).toBe(false);
    expect(twoShareTest({ count: 0, of: 5 }, { count: 500, of: 500 })?.isBeyondNoise).toBe(true);
  });
});

test("a difference that chance makes often is no more than noise", () => {
  expect(welchTest(only({ 4: 5, 5: 5 }), only({ 4: 6, 5: 4 }))?.isBeyondNoise).toBe(false);
});
