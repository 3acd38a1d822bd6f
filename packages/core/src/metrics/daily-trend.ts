import type { MetricsCounts } from "../ports/store/counts.ts";
import type { DateWindow } from "../survey/survey.ts";
import { daysOf } from "./date-window.ts";
import { groupBy } from "./group-by.ts";
import type { DailyFigures } from "./metrics.ts";
import { averageOf, distributionOf, sumOfCounts, totalOf } from "./tally.ts";

/** Every UTC day of the window, oldest first; days without counts stand there with zeros and no average. */
export function dailyTrend(
  window: DateWindow,
  { sent, ratings }: Pick<MetricsCounts, "sent" | "ratings">,
): readonly DailyFigures[] {
  const sentOn = groupBy(sent, ({ day }) => day);
  const ratedOn = groupBy(ratings, ({ day }) => day);
  return daysOf(window).map((day) => {
    const distribution = distributionOf(ratedOn.get(day) ?? []);
    return {
      day,
      responses: totalOf(distribution),
      sent: sumOfCounts(sentOn.get(day) ?? []),
      averageRating: averageOf(distribution),
    };
  });
}
