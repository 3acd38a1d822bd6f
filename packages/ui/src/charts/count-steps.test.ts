import fc from "fast-check";
import { expect, test } from "vitest";
import { countStep } from "./count-steps.ts";

test.each([
  [0, 1],
  [4, 1],
  [5, 2],
  [8, 2],
  [9, 5],
  [21, 10],
  [41, 20],
  [81, 25],
  [101, 50],
  [1000, 250],
  [4001, 2000],
])("up to %i responses the lines stand %i apart", (largest, step) => {
  expect(countStep(largest)).toBe(step);
});

test("four steps hold every count, are whole, and leave at most 60 % empty", () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 10_000_000 }), (largest) => {
      const top = 4 * countStep(largest);
      expect(Number.isInteger(top / 4)).toBe(true);
      expect(top).toBeGreaterThanOrEqual(largest);
      expect(largest / top).toBeGreaterThan(0.4);
    }),
  );
});
