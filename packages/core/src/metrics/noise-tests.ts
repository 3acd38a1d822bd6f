import type { NoiseTest } from "./metrics.ts";
import { twoSidedTailOfNormal } from "./normal.ts";
import { twoSidedTailOfT } from "./student-t.ts";
import { type Distribution, fewestForConclusions, type Sample, sampleOf } from "./tally.ts";

/** So many of so many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

const level = 0.05;

/** Welch's t test of two mean ratings. Null below two responses on a side, and when neither side varies. */
export function welchTest(one: Distribution, other: Distribution): NoiseTest | null {
  const [mine, theirs] = [sampleOf(one), sampleOf(other)];
  if (mine === null || theirs === null || mine.variance + theirs.variance === 0) return null;
  const { t, degrees } = welchStatistic(mine, theirs);
  return noiseTest(twoSidedTailOfT(t, degrees), Math.min(mine.total, theirs.total));
}

/** Welch's t, and the degrees of freedom of Welch and Satterthwaite (Biometrika 34, 1947; NIST/SEMATECH e-Handbook, 1.3.5.3). */
export function welchStatistic(one: Sample, other: Sample): { readonly t: number; readonly degrees: number } {
  const [mine, theirs] = [one.variance / one.total, other.variance / other.total];
  const error = mine + theirs;
  return {
    t: (one.average - other.average) / Math.sqrt(error),
    degrees: (error * error) / (mine ** 2 / (one.total - 1) + theirs ** 2 / (other.total - 1)),
  };
}

/** Two-proportion z test. Null when a side is empty or no proportion, and when both are 0 or both are 1. */
export function twoShareTest(one: Share, other: Share): NoiseTest | null {
  if (!isShare(one) || !isShare(other)) return null;
  const count = one.count + other.count;
  if (count === 0 || count === one.of + other.of) return null;
  return noiseTest(twoSidedTailOfNormal(twoShareStatistic(one, other)), Math.min(one.of, other.of));
}

/** The z of two proportions, pooled and without continuity correction (NIST/SEMATECH e-Handbook, 7.3.3); its square is Pearson's χ² of the 2 × 2 table. */
export function twoShareStatistic(one: Share, other: Share): number {
  const pooled = (one.count + other.count) / (one.of + other.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of));
  return (one.count / one.of - other.count / other.of) / error;
}

function isShare({ count, of }: Share): boolean {
  return of > 0 && count <= of;
}

function noiseTest(pValue: number, smallerSide: number): NoiseTest {
  return { pValue, isBeyondNoise: pValue < level && smallerSide >= fewestForConclusions };
}
