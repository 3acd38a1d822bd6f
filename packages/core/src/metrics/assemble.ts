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
  notAsked,
  sampling,
}: {
  readonly windows: Windows;
  readonly counts: MetricsCounts;
  readonly names: ReadonlyMap<string, string>;
  readonly notAsked: Metrics["notAsked"];
  readonly sampling: Metrics["sampling"];
}): Metrics {
  const current = summaryOf(windows.current, counts);
  const previous = summaryOf(windows.previous, counts);
  return {
    current,
    previous,
    delta: compare(current, previous),
    cohort: cohort({ sent: current.sent, answered: counts.cohortAnswered }),
    daily: dailyTrend(windows.current, counts),
    byResolver: byResolver(counts.resolvers, names),
    notAsked,
    sampling,
    benchmark,
  };
}

// The counts of both windows come in one list; days compare as text, for they are all of ten digits.
function summaryOf(window: DateWindow, { sent, ratings }: MetricsCounts): PeriodSummary {
  const [first, end] = [utcDay(window.from), utcDay(window.until)];
  const isInside = ({ day }: { readonly day: string }) => first <= day && day < end;
  return summarize({
    window,
    sent: sumOfCounts(sent.filter(isInside)),
    distribution: distributionOf(ratings.filter(isInside)),
  });
}
