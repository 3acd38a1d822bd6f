import type { MetricsCounts } from "../ports/store/counts.ts";
import { compareText } from "../survey/compare-text.ts";
import { groupBy } from "./group-by.ts";
import { averageInterval } from "./intervals.ts";
import type { ResolverFigures } from "./metrics.ts";
import { type Distribution, distributionOf, fewestForConclusions, sumOf, totalOf } from "./tally.ts";

interface Group {
  readonly actorId: string | null;
  readonly distribution: Distribution;
  readonly responses: number;
  readonly sum: number;
}

/**
 * The operators table: those with enough responses by average, best first; then small ones by responses; Unattributed
 * last. What is left equal stands by id. `names` may lack any of them.
 */
export function byResolver(
  resolvers: MetricsCounts["resolvers"],
  names: ReadonlyMap<string, string>,
): readonly ResolverFigures[] {
  const groups = [...groupBy(resolvers, ({ actorId }) => actorId)]
    .map(([actorId, rows]): Group => {
      const distribution = distributionOf(rows);
      return { actorId, distribution, responses: totalOf(distribution), sum: sumOf(distribution) };
    })
    // A count that fell back to zero is no operator of this window.
    .filter(({ responses }) => responses > 0)
    .toSorted(compareGroups);
  const ranks = ranksOf(groups.filter(isRanked));
  return groups.map((group, index) => ({
    actorId: group.actorId,
    name: group.actorId === null ? null : (names.get(group.actorId) ?? null),
    responses: group.responses,
    averageRating: group.sum / group.responses,
    averageRatingInterval: averageInterval(group.distribution),
    isSmall: isSmall(group),
    // The ranked ones stand first.
    rank: ranks[index] ?? null,
  }));
}

// Equal averages share the place of the first of them: 1, 2, 2, 4.
function ranksOf(ranked: readonly Group[]): readonly number[] {
  const ranks: number[] = [];
  let before: { readonly group: Group; readonly rank: number } | null = null;
  for (const [index, group] of ranked.entries()) {
    const isTied: boolean = before !== null && byAverage(before.group, group) === 0;
    const rank: number = before !== null && isTied ? before.rank : index + 1;
    ranks.push(rank);
    before = { group, rank };
  }
  return ranks;
}

function compareGroups(one: Group, other: Group): number {
  return place(one) - place(other) || withinPlace(one, other) || compareIds(one, other);
}

// Ranked operators, then small ones, then Unattributed.
function place(group: Group): number {
  if (group.actorId === null) return 2;
  return isSmall(group) ? 1 : 0;
}

function withinPlace(one: Group, other: Group): number {
  return (isRanked(one) ? byAverage(one, other) : 0) || other.responses - one.responses;
}

// Best first, of whole numbers: 9 of 2 and 18 of 4 are the same average.
function byAverage(one: Group, other: Group): number {
  return other.sum * one.responses - one.sum * other.responses;
}

function compareIds(one: Group, other: Group): number {
  return compareText(String(one.actorId), String(other.actorId));
}

function isSmall({ responses }: Group): boolean {
  return responses < fewestForConclusions;
}

function isRanked(group: Group): boolean {
  return group.actorId !== null && !isSmall(group);
}
