import type { Interval } from "./metrics.ts";
import { z95 } from "./normal.ts";
import { type Distribution, sampleOf, sumOf, totalOf } from "./tally.ts";

/** What is known of one group: its mean, and the variance of that mean, above 0 (the square of its standard error). */
export interface GroupMean {
  readonly mean: number;
  readonly variance: number;
}

/** A mean drawn towards that of all groups, by as much as chance has a part in it; the interval is 95 %. */
export interface ShrunkMean {
  readonly estimate: number;
  readonly interval: Interval;
}

/**
 * The variance of single ratings within groups, pooled over all of them: Σ (n − 1) × variance ÷ Σ (n − 1), the mean square
 * within groups of an analysis of variance (NIST/SEMATECH e-Handbook, 7.4.3.3). Null where no group has two ratings.
 */
export function pooledVariance(groups: readonly Distribution[]): number | null {
  const samples = groups.flatMap((group) => sampleOf(group) ?? []);
  if (samples.length === 0) return null;
  return (
    sumBy(samples, ({ variance, total }) => (total - 1) * variance) / sumBy(samples, ({ total }) => total - 1)
  );
}

/** The mean of one rating or more, and the variance that `variance`, of single ratings, gives it. */
export function groupMean(group: Distribution, variance: number): GroupMean {
  const total = totalOf(group);
  return { mean: sumOf(group) / total, variance: variance / total };
}

/**
 * The variance between the true means of groups (R. DerSimonian and N. Laird, Control. Clin. Trials 7, 1986):
 * (Q − (k − 1)) ÷ (Σw − Σw² ÷ Σw) of k groups, w being 1 ÷ variance and Q = Σ w × (mean − mean of all weighted by w)².
 * 0 where that is negative: chance alone explains how the means differ. 0 also for one group and for none.
 */
export function betweenVariance(groups: readonly GroupMean[]): number {
  if (groups.length < 2) return 0;
  const weights = groups.map(({ variance }) => 1 / variance);
  const total = sumBy(weights, (weight) => weight);
  const center = weightedMean(groups, ({ variance }) => 1 / variance);
  const q = sumBy(groups, ({ mean, variance }) => (mean - center) ** 2 / variance);
  const scale = total - sumBy(weights, (weight) => weight * weight) / total;
  return Math.max(0, (q - (groups.length - 1)) / scale);
}

/**
 * The mean of all groups where each stands for itself: weighted by 1 ÷ (variance + between), as in a meta-analysis with random
 * effects (DerSimonian and Laird, as above). NaN for none.
 */
export function meanOfGroups(groups: readonly GroupMean[], between: number): number {
  return weightedMean(groups, ({ variance }) => 1 / (variance + between));
}

/**
 * Empirical Bayes: each mean m becomes M + B × (m − M), where M is `meanOfGroups` and B = between ÷ (between + variance), so that
 * little stays of a mean of few (B. Efron and C. Morris, J. Am. Stat. Assoc. 70, 1975; C. Morris, J. Am. Stat. Assoc. 78, 1983).
 * The interval is the estimate ± 1.96 × √(B × variance + (1 − B)² ÷ Σ 1 ÷ (variance + between)): what is left unknown of the
 * group, and of M (S. W. Raudenbush and A. S. Bryk, J. Educ. Stat. 10, 1985).
 */
export function shrinkMeans<Group extends GroupMean>(
  groups: readonly Group[],
  between: number,
): readonly (Group & ShrunkMean)[] {
  const center = meanOfGroups(groups, between);
  const weight = sumBy(groups, ({ variance }) => 1 / (variance + between));
  return groups.map((group) => {
    const { mean, variance } = group;
    const kept = between / (between + variance);
    const estimate = center + kept * (mean - center);
    const reach = z95 * Math.sqrt(kept * variance + (1 - kept) ** 2 / weight);
    return { ...group, estimate, interval: { low: estimate - reach, high: estimate + reach } };
  });
}

/**
 * The part of the differences between groups that is no chance, 0 to 1: between ÷ (between + median variance of a mean)
 * (H. C. van Houwelingen, R. Brand and T. A. Louis, 2000; H. F. Lingsma et al., "Comparing and ranking hospitals based on
 * outcome: results from The Netherlands Stroke Survey", QJM 103, 2010). Half is where an order begins to say something.
 * NaN for no groups.
 */
export function rankabilityOf(groups: readonly GroupMean[], between: number): number {
  return between / (between + median(groups.map(({ variance }) => variance)));
}

function weightedMean(groups: readonly GroupMean[], weightOf: (group: GroupMean) => number): number {
  return sumBy(groups, (group) => weightOf(group) * group.mean) / sumBy(groups, weightOf);
}

// The two in the middle, which are one where their number is odd.
function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return sumBy(middle, (value) => value) / middle.length;
}

function sumBy<Value>(values: readonly Value[], numberOf: (value: Value) => number): number {
  return values.reduce((sum, value) => sum + numberOf(value), 0);
}
