import { expect, test } from "vitest";
import { twoSidedTailOfNormal, z95 } from "./normal.ts";

// Source: NIST/SEMATECH e-Handbook 1.3.6.7.1 (area from 0 to z, here 1 − 2 × area), and for 4 to 8 Abramowitz and Stegun,
// table 26.2 (Q(4) = 3.16712E−5, Q(5) = 2.86652E−7), doubled.
test.each([
  [0, 1],
  [0.5, 0.617075],
  [1, 0.317311],
  [1.96, 0.0499958],
  [2.5758293, 0.01],
  [2.9, 0.00373163],
  [3, 0.0026998],
  [3.1, 0.00193521],
  [4, 6.33425e-5],
  [5, 5.73303e-7],
])("beyond %d, on either side, lie %d", (z, tail) => {
  expect(twoSidedTailOfNormal(z) / tail).toBeCloseTo(1, 5);
  expect(twoSidedTailOfNormal(-z)).toBe(twoSidedTailOfNormal(z));
});

test("the two ways to compute it meet where one hands over to the other", () => {
  expect(twoSidedTailOfNormal(3 + 1e-12) / twoSidedTailOfNormal(3)).toBeCloseTo(1, 9);
});

test("the factor of 95 % leaves one case of twenty outside", () => {
  expect(twoSidedTailOfNormal(z95)).toBeCloseTo(0.05, 14);
});
