import { type Csat, createCsat, type MetricsChoice, type RangeInput } from "@csat/core";
import { inProcessScheduler, memoryMailer } from "@csat/memory";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { type Figures, rounded } from "./figures.ts";
import { now } from "./volume.ts";

/** The library over the loaded rows, on the day on which they end. The host knows its tickets at no cost. */
export function csatOver(pool: Pool): Csat<never> {
  const clock = { now: () => now };
  return createCsat<never>({
    storage: postgresStorage(drizzle(pool)),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: { getTicket: async () => null, getTickets: async () => [] },
    publicUrl: "https://help.example.com/csat",
    clock,
    attributes: { team: { slice: true } },
  });
}

/** Everything the analytics page shows, through the library. */
export async function readPage(
  csat: Csat<never>,
  workspaceId: string,
  range: RangeInput,
  choice: MetricsChoice = {},
): Promise<Figures> {
  const metrics = await csat.getMetrics(workspaceId, range, choice);
  const low = await csat.listLowRatings(workspaceId, range);
  const period = (summary: typeof metrics.current) => ({
    sent: summary.sent,
    responses: summary.responses,
    average: rounded(summary.averageRating),
    distribution: ([1, 2, 3, 4, 5] as const).map((rating) => summary.distribution[rating]),
  });
  return {
    current: period(metrics.current),
    previous: period(metrics.previous),
    cohortAnswered: metrics.cohort.answered,
    daily: metrics.daily
      .filter(({ responses }) => responses > 0)
      .map(({ day, responses, averageRating }) => [day, responses, rounded(averageRating)]),
    resolvers: metrics.byResolver
      .map(
        ({ actorId, responses, averageRating }) =>
          [actorId ?? "", responses, rounded(averageRating)] as const,
      )
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    lowRatings: low.items.map(({ response }) => response.surveyId),
  };
}
