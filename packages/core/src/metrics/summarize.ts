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

/** A window's counts: all that its summary needs. */
export interface PeriodCounts {
  readonly window: DateWindow;
  readonly sent: number;
  readonly distribution: Distribution;
}

/** The figures of one window. */
export function summarize({ window, sent, distribution }: PeriodCounts): PeriodSummary {
  const responses = totalOf(distribution);
  const satisfied = satisfiedOf(distribution);
  return {
    from: utcDay(window.from),
    to: lastDayOf(window),
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
