import type { PartCounts } from "../ports/store/counts.ts";
import { compareText } from "../survey/compare-text.ts";
import type { DateWindow } from "../survey/survey.ts";
import type { NotAskedFigures, Sampling } from "./metrics.ts";

/** What was counted of tickets whose customer was not asked, by reason and day. `prefix` begins the names of these parts. */
export function notAskedFigures(counts: readonly PartCounts[], prefix: string): NotAskedFigures {
  const daily = counts
    .filter(({ part, notAsked }) => part.startsWith(prefix) && notAsked > 0)
    .map(({ part, day, notAsked: count }) => ({ day, reason: part.slice(prefix.length), count }))
    .toSorted((one, other) => compareText(one.day, other.day) || compareText(one.reason, other.reason));
  const sums = new Map<string, number>();
  for (const { reason, count } of daily) sums.set(reason, (sums.get(reason) ?? 0) + count);
  const byReason = Array.from(sums, ([reason, count]) => ({ reason, count })).toSorted(
    (one, other) => other.count - one.count || compareText(one.reason, other.reason),
  );
  return { total: daily.reduce((sum, { count }) => sum + count, 0), byReason, daily };
}

/**
 * Of how many tickets in a hundred customers were asked within a window. `changes` are all that are known, oldest first;
 * before the first everybody was asked.
 */
export function samplingIn(
  { from, until }: DateWindow,
  changes: readonly { readonly since: Date; readonly percent: number }[],
): Sampling {
  const atFirst = changes.findLast(({ since }) => since <= from)?.percent ?? 100;
  const inside = changes.filter(({ since }) => since > from && since < until).map(({ percent }) => percent);
  return { percents: [...new Set([atFirst, ...inside])] };
}
