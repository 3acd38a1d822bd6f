import {
  compareText,
  type MetricsCounts,
  type MetricsQuery,
  type MetricsReader,
  type Rating,
} from "@csat/core";
import { and, count, eq, or, type SQL, sql } from "drizzle-orm";
import { type AnySQLiteColumn, unionAll } from "drizzle-orm/sqlite-core";
import type { Access } from "./access.ts";
import { isAskedFor, isIn, isItsSurvey } from "./asked-for.ts";
import { listResponses } from "./list-responses.ts";
import type { Rows } from "./open-sqlite.ts";
import { responses, surveys } from "./schema.ts";

/** Counts, straight from the rows. */
export function metricsReader({ read }: Access): MetricsReader {
  return { read: read(readCounts), listResponses: read(listResponses) };
}

/** One statement, so that all counts are of one moment: each part of the answer is one part of the union. */
async function readCounts(rows: Rows, query: MetricsQuery): Promise<MetricsCounts> {
  const { sentAt, resolvedBy } = surveys;
  const { respondedAt, rating } = responses;
  const isInEither = (at: AnySQLiteColumn) => or(isIn(at, query.current), isIn(at, query.previous));

  const sent = rows
    .select(counted("sent", { day: utcDay(sentAt) }))
    .from(surveys)
    .where(and(isAskedFor(query), isInEither(sentAt)))
    .groupBy(utcDay(sentAt));
  const ratings = rows
    .select(counted("ratings", { day: utcDay(respondedAt), rating }))
    .from(responses)
    .innerJoin(surveys, isItsSurvey)
    .where(and(isAskedFor(query), isInEither(respondedAt)))
    .groupBy(utcDay(respondedAt), rating);
  const resolvers = rows
    .select(counted("resolvers", { actorId: resolvedBy, rating }))
    .from(responses)
    .innerJoin(surveys, isItsSurvey)
    .where(and(isAskedFor(query), isIn(respondedAt, query.current)))
    .groupBy(resolvedBy, rating);
  const cohort = rows
    .select(counted("cohort", {}))
    .from(surveys)
    .where(and(isAskedFor(query), isIn(sentAt, query.current), eq(surveys.status, "answered")));

  return toCounts(await unionAll(sent, ratings, resolvers, cohort));
}

type Part = "sent" | "ratings" | "resolvers" | "cohort";

/** A row of the union. `day`, `rating` and `actorId` are null in parts that do not group by them. */
interface CountRow {
  readonly part: Part;
  readonly day: string;
  readonly rating: Rating;
  readonly actorId: string | null;
  readonly count: number;
}

// The parts of a union have equal columns; what a part does not group by is a null of SQL.
const none = sql`null`;

function counted(
  part: Part,
  {
    day = none,
    rating = none,
    actorId = none,
  }: {
    readonly day?: SQL;
    readonly rating?: AnySQLiteColumn | SQL;
    readonly actorId?: AnySQLiteColumn | SQL;
  },
) {
  return {
    part: sql<Part>`${part}`.as("part"),
    day: sql<string>`${day}`.as("day"),
    rating: sql<Rating>`${rating}`.as("stars"),
    actorId: sql<string | null>`${actorId}`.as("actor"),
    count: count().as("number"),
  };
}

function toCounts(rows: readonly CountRow[]): MetricsCounts {
  const of = (part: Part) => rows.filter((row) => row.part === part);
  return {
    sent: of("sent")
      .map(({ day, count }) => ({ day, count }))
      .toSorted((one, other) => compareText(one.day, other.day)),
    ratings: of("ratings")
      .map(({ day, rating, count }) => ({ day, rating, count }))
      .toSorted((one, other) => compareText(one.day, other.day) || one.rating - other.rating),
    resolvers: of("resolvers")
      .map(({ actorId, rating, count }) => ({ actorId, rating, count }))
      .toSorted((one, other) => compareActors(one.actorId, other.actorId) || one.rating - other.rating),
    cohortAnswered: of("cohort")[0]?.count ?? 0,
  };
}

// Functions of SQL. 'unixepoch' is UTC, whatever the zone of the process.
function utcDay(at: AnySQLiteColumn): SQL {
  return sql`strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`;
}

function compareActors(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}
