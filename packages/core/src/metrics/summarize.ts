import { utcDay } from "../survey/add-counts.ts";
import type { DateWindow } from "../survey/survey.ts";
import { lastDayOf } from "./date-window.ts";
import { averageInterval, wilsonInterval } from "./intervals.ts";
import type { PeriodSummary } from "./metrics.ts";
import {
  averageOf,
  type Distribution,
  fewestForConclusions,
  fraction,
  satisfiedOf,
  totalOf,
} from "./tally.ts";

/** What was sent and how it was rated: all that figures need. */
export interface GroupCounts {
  readonly sent: number;
  readonly distribution: Distribution;
}

/** The figures of one window. */
export function summarize({
  window,
  ...counts
}: GroupCounts & { readonly window: DateWindow }): PeriodSummary {
  return { from: utcDay(window.from), to: lastDayOf(window), ...figuresOf(counts) };
}

/** The same of any group of sends and answers. */
export function figuresOf({ sent, distribution }: GroupCounts): Omit<PeriodSummary, "from" | "to"> {
  const responses = totalOf(distribution);
  const satisfied = satisfiedOf(distribution);
  return {
    sent,
    responses,
    averageRating: averageOf(distribution),
    averageRatingInterval: averageInterval(distribution),
    responseRate: fraction(responses, sent),
    responseRateInterval: wilsonInterval(responses, sent),
    satisfiedShare: fraction(satisfied, responses),
    satisfiedShareInterval: wilsonInterval(satisfied, responses),
    distribution,
    isSmall: responses < fewestForConclusions,
  };
}
