import type { MetricsCounts } from "../ports/store/counts.ts";
import type { DateWindow } from "../survey/survey.ts";
import { daysOf } from "./date-window.ts";
import { groupBy } from "./group-by.ts";
import { averageInterval } from "./intervals.ts";
import type { WeeklyFigures } from "./metrics.ts";
import { averageOf, distributionOf, totalOf } from "./tally.ts";

const daysOfWeek = 7;

/** Weeks counted back from the last day of the window, oldest first; the first may have fewer days. */
export function weeklyTrend(
  window: DateWindow,
  { ratings }: Pick<MetricsCounts, "ratings">,
): readonly WeeklyFigures[] {
  const days = daysOf(window);
  // As many days as are over stand in the first week.
  const over = days.length % daysOfWeek;
  const weekOf = new Map(
    days.map((day, index) => [day, Math.floor((index + daysOfWeek - over) / daysOfWeek)]),
  );
  const rated = groupBy(ratings, ({ day }) => weekOf.get(day));
  return Array.from(
    groupBy(days, (day) => weekOf.get(day)),
    ([week, inWeek]) => {
      const distribution = distributionOf(rated.get(week) ?? []);
      return {
        from: inWeek.reduce((first) => first),
        to: inWeek.reduce((_, last) => last),
        responses: totalOf(distribution),
        averageRating: averageOf(distribution),
        averageRatingInterval: averageInterval(distribution),
      };
    },
  );
}
