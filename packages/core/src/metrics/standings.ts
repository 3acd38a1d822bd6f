import { compareText } from "../survey/compare-text.ts";
import type { Interval, Standing } from "./metrics.ts";
import { betweenVariance, groupMean, pooledVariance, rankabilityOf, shrinkMeans } from "./shrinkage.ts";
import type { Distribution } from "./tally.ts";

/** The least rankability, 0.5, at which groups stand in an order; below it most of what they differ by is chance. */
export const leastRankability = 0.5;

/** Groups in the order in which they are shown, each with where it stands. */
export interface Ordered<Group> {
  /** As in `Metrics`. */
  readonly rankability: number | null;
  readonly groups: readonly (Group & Standing)[];
}

/**
 * Puts groups of at least one answer into the order that their answers can carry: by estimate, best first, where
 * their rankability is at least a half, else by name. Places are as `Standing` says; what is equal stands by name.
 */
export function inOrder<Group extends { readonly name: string; readonly distribution: Distribution }>(
  given: readonly Group[],
): Ordered<Group> {
  const groups = given.toSorted((one, other) => compareNames(one.name, other.name));
  const variance = pooledVariance(groups.map(({ distribution }) => distribution));
  // Where all answers of each group are alike nothing shows how they vary: any difference would seem certain.
  if (variance === null || variance === 0) {
    return { rankability: null, groups: groups.map((group) => ({ ...group, ...unknown })) };
  }
  const means = groups.map((group) => ({ group, ...groupMean(group.distribution, variance) }));
  const between = betweenVariance(means);
  const rankability = groups.length < 2 ? null : rankabilityOf(means, between);
  const estimated = shrinkMeans(means, between).map(({ group, estimate, interval }) => ({
    ...group,
    estimate,
    estimateInterval: cut(interval),
    place: null,
  }));
  if (rankability === null || rankability < leastRankability) return { rankability, groups: estimated };
  return {
    rankability,
    groups: withPlaces(estimated.toSorted((one, other) => other.estimate - one.estimate)),
  };
}

const unknown: Standing = { estimate: null, estimateInterval: null, place: null };

interface Estimated {
  readonly estimateInterval: Interval;
}

// A neighbour that the one before cannot be told from shares its place, and the next one counts all before it: 1, 2, 2, 4.
function withPlaces<Group extends Estimated>(
  groups: readonly Group[],
): readonly (Group & { readonly place: number })[] {
  const placed: (Group & { readonly place: number })[] = [];
  for (const [index, group] of groups.entries()) {
    const before = placed.at(-1);
    const isShared = before !== undefined && before.estimateInterval.low <= group.estimateInterval.high;
    placed.push({ ...group, place: isShared ? before.place : index + 1 });
  }
  return placed;
}

// No mean of ratings can be outside.
function cut({ low, high }: Interval): Interval {
  return { low: Math.max(1, low), high: Math.min(5, high) };
}

const collator = new Intl.Collator("en");

// As people look for names: Ängström beside Anders, not behind Zoe. The same everywhere, and never equal for two names.
function compareNames(one: string, other: string): number {
  return collator.compare(one, other) || compareText(one, other);
}
