import {
  createCsat,
  type LowRatingCard,
  type Metrics,
  type MetricsCounts,
  type MetricsQuery,
  type Page,
  type Rating,
  ratings,
  type Store,
} from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryStorage } from "@csat/memory";

/** What the view of the dashboard is given, and when and by which query. */
export interface LargeDashboard {
  readonly now: Date;
  readonly query: string;
  readonly data: { readonly metrics: Metrics; readonly lowRatings: Page<LowRatingCard> };
}

const now = new Date("2026-11-30T15:00:00Z");
const dayMs = 86_400_000;

/** Figures of so many days up to 30 November 2026 and so many operators, by the library's own arithmetic; always the same. */
export async function largeDashboard({
  days,
  operators,
}: {
  readonly days: number;
  readonly operators: number;
}): Promise<LargeDashboard> {
  const storage: Store<never> = {
    ...memoryStorage(),
    counts: async (query) => countsOf(query, operators),
  };
  const csat = createCsat<never>({
    storage,
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: {
      getTicket: async () => null,
      getTickets: async () => [],
      getOperators: async (_workspaceId, ids) =>
        ids.map((id) => ({ id, name: `Operator of the desk ${id}` })),
    },
    publicUrl: "https://help.example.com/csat",
    clock: { now: () => now },
  });
  const range = {
    from: dayOf(new Date(now.getTime() - (days - 1) * dayMs)),
    to: dayOf(now),
  };
  return {
    now,
    query: `from=${range.from}&to=${range.to}`,
    data: { metrics: await csat.getMetrics("acme", range), lowRatings: { items: cards(), nextCursor: "10" } },
  };
}

// No two days and operators alike, so that nothing compresses better than in life.
function countsOf({ current, previous }: MetricsQuery, operators: number): MetricsCounts {
  const days = Array.from(
    { length: (current.until.getTime() - previous.from.getTime()) / dayMs },
    (_, index) => ({
      day: dayOf(new Date(previous.from.getTime() + index * dayMs)),
      index,
    }),
  );
  const spread = (rating: Rating, seed: number) => ((seed * 7919 + rating * 104_729) % 97) + rating * 20;
  return {
    sent: days.map(({ day, index }) => ({ day, count: 800 + ((index * 7919) % 397) })),
    ratings: days.flatMap(({ day, index }) =>
      ratings.map((rating) => ({ day, rating, count: spread(rating, index) })),
    ),
    resolvers: Array.from({ length: operators + 1 }, (_, index) => index).flatMap((index) =>
      ratings.map((rating) => ({
        actorId: index === operators ? null : `operator-${index}`,
        rating,
        count: spread(rating, index),
      })),
    ),
    cohortAnswered: 20_000,
  };
}

// As long as most comments are, and one of the longest.
function cards(): readonly LowRatingCard[] {
  return Array.from({ length: 10 }, (_, index) => ({
    response: {
      workspaceId: "acme",
      ticketId: `T-${index}`,
      surveyId: `survey-${index}`,
      rating: index % 2 === 0 ? 1 : 2,
      comment: `Waited ${index + 2} days. `.repeat(index === 0 ? 120 : 8),
      respondedAt: new Date(now.getTime() - index * 3_700_000),
    },
    subject: `Printer ${index} on fire`,
    url: `https://help.example.com/tickets/T-${index}`,
    assignee: { id: `operator-${index}`, name: `Operator of the desk ${index}` },
  }));
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
