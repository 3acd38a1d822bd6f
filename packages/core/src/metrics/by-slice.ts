import type { MetricsCounts, PartCounts } from "../ports/store/counts.ts";
import { compareText } from "../survey/compare-text.ts";
import type { Rating } from "../survey/response.ts";
import type { SliceFigures, SliceGroup, Standing } from "./metrics.ts";
import { inOrder } from "./standings.ts";
import { figuresOf, type GroupCounts } from "./summarize.ts";
import { distributionOf, sumOfCounts } from "./tally.ts";

interface Counts extends GroupCounts {
  readonly answered: number;
}

const mostValues = 200;

const nothing: Counts = { sent: 0, answered: 0, distribution: distributionOf([]) };

/**
 * The figures of each value of an attribute, in the order that their answers can carry. `whole` are the counts of the current window alone, of the same resolvers: what
 * of them no value counts had none. In the part of the empty value stands what values of a set count beyond once.
 */
export function bySlice({
  attribute,
  parts,
  whole,
  prefix,
}: {
  readonly attribute: string;
  readonly parts: readonly PartCounts[];
  readonly whole: Pick<MetricsCounts, "sent" | "ratings" | "cohortAnswered">;
  /** Begins the names of the parts of this attribute's values, whose rest is the value. */
  readonly prefix: string;
}): SliceFigures {
  const sums = sumsByPart(parts);
  const twice = sums.get(prefix) ?? nothing;
  sums.delete(prefix);
  const values = Array.from(sums, ([part, counts]) => groupOf("value", part.slice(prefix.length), counts))
    .filter(isSome)
    .toSorted(largestFirst);
  const { rankability, groups } = standing(values.slice(0, mostValues));
  const all = [...sums.values()].reduce((sum, counts) => combined(sum, counts, 1), nothing);
  const once = combined(all, twice, -1);
  const whatever: Counts = {
    sent: sumOfCounts(whole.sent),
    answered: whole.cohortAnswered,
    distribution: distributionOf(whole.ratings),
  };
  const beyond = values.slice(mostValues).reduce<Counts>((sum, group) => combined(sum, group, 1), nothing);
  return {
    attribute,
    overlap: isSome(groupOf("other", null, twice)),
    rankability,
    groups: [
      ...groups,
      ...[groupOf("other", null, beyond), groupOf("none", null, combined(whatever, once, -1))].filter(isSome),
    ],
  };
}

/** Of all days. There may be thousands of rows: they are added up in place. */
function sumsByPart(parts: readonly PartCounts[]): Map<string, Counts> {
  const sums = new Map<string, { sent: number; answered: number; distribution: Record<Rating, number> }>();
  for (const { part, sent, answered, ratings } of parts) {
    const [one, two, three, four, five] = ratings;
    const sum = sums.get(part);
    if (sum === undefined) {
      sums.set(part, { sent, answered, distribution: { 1: one, 2: two, 3: three, 4: four, 5: five } });
      continue;
    }
    sum.sent += sent;
    sum.answered += answered;
    sum.distribution[1] += one;
    sum.distribution[2] += two;
    sum.distribution[3] += three;
    sum.distribution[4] += four;
    sum.distribution[5] += five;
  }
  return sums;
}

function groupOf(
  kind: SliceGroup["kind"],
  value: string | null,
  { answered, ...counts }: Counts,
): SliceGroup {
  return { kind, value, ...figuresOf(counts), answered, ...unknown };
}

const unknown: Standing = { estimate: null, estimateInterval: null, place: null };

// Values without an answer say nothing about an order: they stand behind it, by name.
function standing(values: readonly SliceGroup[]): Pick<SliceFigures, "rankability" | "groups"> {
  const named = values.map((group) => ({
    group,
    name: String(group.value),
    distribution: group.distribution,
  }));
  const { rankability, groups } = inOrder(named.filter(({ group }) => group.responses > 0));
  const silent = inOrder(named.filter(({ group }) => group.responses === 0));
  return {
    rankability,
    groups: [...groups, ...silent.groups].map(({ group, estimate, estimateInterval, place }) => ({
      ...group,
      estimate,
      estimateInterval,
      place,
    })),
  };
}

// A count that fell back to zero is no value of this window.
function isSome({ sent, responses }: SliceGroup): boolean {
  return sent > 0 || responses > 0;
}

function largestFirst(one: SliceGroup, other: SliceGroup): number {
  return (
    other.responses - one.responses ||
    other.sent - one.sent ||
    compareText(String(one.value), String(other.value))
  );
}

/** One, and so often the other. Never below nothing: both sides were read one after the other, and something came or went between. */
function combined(one: Counts, other: Counts, times: 1 | -1): Counts {
  const sum = (of: (counts: Counts) => number) => Math.max(0, of(one) + times * of(other));
  const rated = (rating: Rating) => sum(({ distribution }) => distribution[rating]);
  return {
    sent: sum(({ sent }) => sent),
    answered: sum(({ answered }) => answered),
    distribution: { 1: rated(1), 2: rated(2), 3: rated(3), 4: rated(4), 5: rated(5) },
  };
}
