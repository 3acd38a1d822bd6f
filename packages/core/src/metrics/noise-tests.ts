import type { NoiseTest } from "./metrics.ts";
import { twoSidedTailOfNormal } from "./normal.ts";
import { twoSidedTailOfT } from "./student-t.ts";
import { averageOf, type Distribution, fewestForConclusions, totalOf, varianceOf } from "./tally.ts";

/** So many of so many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

const level = 0.05;

/**
 * Welch's t test of two mean ratings, with the degrees of freedom of Welch and Satterthwaite (B. L. Welch, Biometrika 34,
 * 1947; NIST/SEMATECH e-Handbook, 1.3.5.3). Null below two responses on a side, and when neither side varies.
 */
export function welchTest(one: Distribution, other: Distribution): NoiseTest | null {
  const [mine, theirs] = [errorOfMean(one), errorOfMean(other)];
  if (mine === null || theirs === null) return null;
  const error = mine.squared + theirs.squared;
  if (error === 0) return null;
  const t = (mine.average - theirs.average) / Math.sqrt(error);
  const degrees =
    (error * error) / (mine.squared ** 2 / (mine.total - 1) + theirs.squared ** 2 / (theirs.total - 1));
  return noiseTest(twoSidedTailOfT(t, degrees), Math.min(mine.total, theirs.total));
}

/**
 * Two-proportion z test, pooled and without continuity correction (NIST/SEMATECH e-Handbook, 7.3.3). Null when a side is
 * empty or no proportion, and when both are 0 or both are 1.
 */
export function twoShareTest(one: Share, other: Share): NoiseTest | null {
  if (!isShare(one) || !isShare(other)) return null;
  const pooled = (one.count + other.count) / (one.of + other.of);
  if (pooled === 0 || pooled === 1) return null;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of));
  const z = (one.count / one.of - other.count / other.of) / error;
  return noiseTest(twoSidedTailOfNormal(z), Math.min(one.of, other.of));
}

function errorOfMean(distribution: Distribution) {
  const average = averageOf(distribution);
  const variance = varianceOf(distribution);
  if (average === null || variance === null) return null;
  const total = totalOf(distribution);
  return { average, total, squared: variance / total };
}

function isShare({ count, of }: Share): boolean {
  return of > 0 && count <= of;
}

function noiseTest(pValue: number, smallerSide: number): NoiseTest {
  return { pValue, isBeyondNoise: pValue < level && smallerSide >= fewestForConclusions };
}
