import type { CountDelta } from "../ports/store/change.ts";
import type { MetricsCounts, PartCounts } from "../ports/store/counts.ts";
import type { CorrectedDay } from "../ports/store/store.ts";
import { compareText } from "./compare-text.ts";
import { type Rating, ratings } from "./response.ts";

/**
 * Counts of equal days, resolvers and parts as one. What comes to nothing is left out: a store that keeps no such row keeps no
 * operator's name in it.
 */
export function addCounts(counts: readonly CountDelta[]): readonly CountDelta[] {
  const sums = new Map<string, CountDelta>();
  for (const count of counts) {
    const key = keyOf(count);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? count : added(sum, count));
  }
  return [...sums.values()].filter(isSome);
}

/** Of texts put together, which costs a fraction of JSON: a page of slices has thousands. The length keeps a resolver from being taken for more. */
function keyOf({ day, resolvedBy, part = "" }: CountDelta): string {
  return `${day} ${resolvedBy === null ? "" : `${resolvedBy.length} ${resolvedBy}`} ${part}`;
}

/** What takes a count back. */
export function takenBack({
  ratings: [one, two, three, four, five],
  notAsked = 0,
  ...count
}: CountDelta): CountDelta {
  // Subtracted: `-` alone makes -0 of 0.
  return {
    ...count,
    ...ofNotAsked(0 - notAsked),
    sent: 0 - count.sent,
    answered: 0 - count.answered,
    ratings: [0 - one, 0 - two, 0 - three, 0 - four, 0 - five],
  };
}

/** Counts as a database keeps them: a column per figure. Resolver "" is Unattributed and part "" the whole, for a key holds no null. */
export interface CountRow {
  readonly day: string;
  readonly resolvedBy: string;
  readonly part: string;
  readonly sent: number;
  readonly answered: number;
  readonly r1: number;
  readonly r2: number;
  readonly r3: number;
  readonly r4: number;
  readonly r5: number;
  readonly notAsked: number;
}

/** Turns counts into their row. */
export function toCountRow(count: CountDelta): CountRow {
  const { day, resolvedBy, part = "", sent, answered, ratings, notAsked = 0 } = count;
  const [r1, r2, r3, r4, r5] = ratings;
  return { day, resolvedBy: resolvedBy ?? "", part, sent, answered, r1, r2, r3, r4, r5, notAsked };
}

/** Turns a row into the counts that it keeps. */
export function ofCountRow(row: CountRow): CountDelta {
  const { day, resolvedBy, part, sent, answered, r1, r2, r3, r4, r5, notAsked } = row;
  return {
    day,
    resolvedBy: resolvedBy || null,
    ...(part === "" ? {} : { part }),
    sent,
    answered,
    ratings: [r1, r2, r3, r4, r5],
    ...ofNotAsked(notAsked),
  };
}

/** What a ticket is counted by: the cells of its record, and its answer with the resolver who is credited with it. */
export interface CountedTicket {
  readonly sentAt: Date | null;
  readonly resolvedBy: string | null;
  readonly answer: {
    readonly respondedAt: Date;
    readonly rating: number;
    readonly resolvedBy: string | null;
  } | null;
}

/** What a ticket counts for: a send on its day, answered or not, and a rating on the day of the answer. */
export function countsOfTicket({ sentAt, resolvedBy, answer }: CountedTicket): readonly CountDelta[] {
  const counts: CountDelta[] = [];
  if (sentAt !== null) {
    const answered = answer === null ? 0 : 1;
    counts.push({ day: utcDay(sentAt), resolvedBy, sent: 1, answered, ratings: [0, 0, 0, 0, 0] });
  }
  if (answer !== null) {
    const at = (rating: number) => (rating === answer.rating ? 1 : 0);
    const day = utcDay(answer.respondedAt);
    const rated = [at(1), at(2), at(3), at(4), at(5)] as const;
    counts.push({ day, resolvedBy: answer.resolvedBy, sent: 0, answered: 0, ratings: rated });
  }
  return counts;
}

/**
 * What `Store.counts` answers. `days` are the counts of both windows, of whichever resolvers; `resolvers` those of the
 * current one, of whichever days. Each in any order, rows that belong together added or not.
 */
export function metricsCounts({
  days,
  resolvers,
}: {
  readonly days: readonly Omit<CountDelta, "resolvedBy" | "answered">[];
  readonly resolvers: readonly Omit<CountDelta, "day" | "sent">[];
}): MetricsCounts {
  const byDay = addCounts(days.map((row) => ({ ...row, resolvedBy: null, answered: 0 })));
  const byResolver = addCounts(resolvers.map((row) => ({ ...row, day: "", sent: 0 })));
  const ofDays = byDay.toSorted((one, other) => compareText(one.day, other.day));
  const ofResolvers = byResolver.toSorted((one, other) => compareActors(one.resolvedBy, other.resolvedBy));
  return {
    sent: ofDays.flatMap(({ day, sent }) => (sent === 0 ? [] : [{ day, count: sent }])),
    ratings: ofDays.flatMap((row) => rated(row).map((counted) => ({ day: row.day, ...counted }))),
    resolvers: ofResolvers.flatMap((row) =>
      rated(row).map((counted) => ({ actorId: row.resolvedBy, ...counted })),
    ),
    cohortAnswered: byResolver.reduce((sum, { answered }) => sum + answered, 0),
  };
}

/** What `Store.parts` answers. `counts` are those of the parts, days and resolvers asked for, in any order. */
export function partCounts(counts: readonly CountDelta[]): readonly PartCounts[] {
  return addCounts(counts.map((count) => ({ ...count, resolvedBy: null })))
    .map(({ part = "", day, sent, answered, ratings, notAsked = 0 }) => {
      return { part, day, sent, answered, ratings, notAsked };
    })
    .toSorted((one, other) => compareText(one.part, other.part) || compareText(one.day, other.day));
}

/** What a recount adds to counts that are `was` and should be `is`. `notAsked`, which no row tells, stays as it is. */
export function missingCounts(was: readonly CountDelta[], is: readonly CountDelta[]): readonly CountDelta[] {
  return addCounts([...is, ...was.map(takenBack)].map(({ notAsked: _notAsked, ...count }) => count));
}

/** What `Store.recount` answers: the days that were counted as `was` though they are `is`, oldest first. */
export function correctedDays(
  was: readonly CountDelta[],
  is: readonly CountDelta[],
): readonly CorrectedDay[] {
  const off = new Set(missingCounts(was, is).map(({ day }) => day));
  return [...off].toSorted(compareText).map((day) => ({ day, was: total(was, day), is: total(is, day) }));
}

function added(sum: CountDelta, count: CountDelta): CountDelta {
  const [one, two, three, four, five] = sum.ratings;
  const [a, b, c, d, e] = count.ratings;
  return {
    ...sum,
    sent: sum.sent + count.sent,
    answered: sum.answered + count.answered,
    ratings: [one + a, two + b, three + c, four + d, five + e],
    ...(count.notAsked === undefined ? {} : { notAsked: (sum.notAsked ?? 0) + count.notAsked }),
  };
}

/** Left out where it is 0, as most counts have it. */
function ofNotAsked(notAsked: number): Pick<CountDelta, "notAsked"> {
  return notAsked === 0 ? {} : { notAsked };
}

function isSome({ sent, answered, ratings, notAsked = 0 }: CountDelta): boolean {
  return sent !== 0 || answered !== 0 || notAsked !== 0 || ratings.some((count) => count !== 0);
}

/** Unattributed last, the others by code points. */
function compareActors(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}

function rated({
  ratings: counts,
}: CountDelta): readonly { readonly rating: Rating; readonly count: number }[] {
  return ratings.flatMap((rating) => {
    const count = counts[rating - 1] ?? 0;
    return count === 0 ? [] : [{ rating, count }];
  });
}

function total(counts: readonly CountDelta[], day: string): number {
  return counts
    .filter((count) => count.day === day)
    .reduce((sum, { sent, ratings }) => ratings.reduce((one, other) => one + other, sum + sent), 0);
}

/** The UTC day of a time, as `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}
