import type { MetricsCounts } from "../ports/store/counts.ts";
import { utcDay } from "../survey/add-counts.ts";
import type { DateWindow } from "../survey/survey.ts";
import { byResolver } from "./by-resolver.ts";
import { cohort } from "./cohort.ts";
import { compare } from "./compare.ts";
import { dailyTrend } from "./daily-trend.ts";
import type { Windows } from "./date-window.ts";
import type { Interval, Metrics, PeriodSummary } from "./metrics.ts";
import { summarize } from "./summarize.ts";
import { distributionOf, sumOfCounts } from "./tally.ts";

/** What is typical for surveys by mail: 15 to 40 % are answered. */
const benchmark: { readonly responseRate: Interval } = { responseRate: { low: 0.15, high: 0.4 } };

/** Makes the figures of a page from counts. `names` holds operators by id and may lack any of them. */
export function assemble({
  windows,
  counts,
  names,
  ...beside
}: {
  readonly windows: Windows;
  readonly counts: MetricsCounts;
  readonly names: ReadonlyMap<string, string>;
} & Pick<Metrics, "bySlice" | "byChannel" | "notAsked" | "sampling">): Metrics {
  return { ...assembleWhole(windows, counts), ...byResolver(counts.resolvers, names), ...beside };
}

/** The figures that tell nobody from anybody else: those of the counts as a whole. */
export function assembleWhole(
  windows: Windows,
  counts: MetricsCounts,
): Pick<Metrics, "current" | "previous" | "delta" | "cohort" | "daily" | "benchmark"> {
  const current = summaryOf(windows.current, counts);
  const previous = summaryOf(windows.previous, counts);
  return {
    current,
    previous,
    delta: compare(current, previous),
    cohort: cohort({ sent: current.sent, answered: counts.cohortAnswered }),
    daily: dailyTrend(windows.current, counts),
    benchmark,
  };
}

// The counts of both windows come in one list.
function summaryOf(window: DateWindow, { sent, ratings }: MetricsCounts): PeriodSummary {
  return summarize({
    window,
    sent: sumOfCounts(inside(window, sent)),
    distribution: distributionOf(inside(window, ratings)),
  });
}

/** The counts whose day is in the window. Days compare as text, for they are all of ten digits. */
export function inside<Counted extends { readonly day: string }>(
  { from, until }: DateWindow,
  counts: readonly Counted[],
): readonly Counted[] {
  const [first, end] = [utcDay(from), utcDay(until)];
  return counts.filter(({ day }) => first <= day && day < end);
}
