import type { DateWindow, MetricsCounts, MetricsQuery } from "@csat/core";
import { compareText } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { number, type Row, text, textOrNull } from "../row.ts";
import type { TableNames } from "../table-names.ts";
import { toRating } from "../to-rating.ts";
import { compareActors } from "./read-counts.ts";

/** Counts the rows themselves, for windows that cut a day. One statement, so that all counts belong to one moment. */
export function countRows(tables: TableNames, query: MetricsQuery): SQL {
  const { current, previous } = query;
  const sentBy = (windows: readonly DateWindow[]) => sql`from ${tables.surveys} s
  where s.workspace_id = ${query.workspaceId}::text and s.sent_at is not null and s.status <> 'erased'
    and ${within(sql`s.sent_at`, windows)} and ${resolvedBy(query.resolvedBy)}`;
  const answered = (windows: readonly DateWindow[]) => sql`from ${tables.responses} r
    join ${tables.surveys} s on s.workspace_id = r.workspace_id and s.id = r.survey_id
  where r.workspace_id = ${query.workspaceId}::text
    and ${within(sql`r.responded_at`, windows)} and ${resolvedBy(query.resolvedBy)}`;
  return sql`select 'sent' as kind, ${utcDay(sql`s.sent_at`)} as day, null::text as actor_id, null::int as rating, count(*)::float8 as count
  ${sentBy([current, previous])} group by 2
union all
select 'rating', ${utcDay(sql`r.responded_at`)}, null, r.rating, count(*)::float8
  ${answered([current, previous])} group by 2, r.rating
union all
select 'resolver', null, s.resolved_by, r.rating, count(*)::float8
  ${answered([current])} group by s.resolved_by, r.rating
union all
select 'cohort', null, null, null, count(*)::float8
  ${sentBy([current])} and s.status = 'answered'`;
}

function within(column: SQL, windows: readonly DateWindow[]): SQL {
  const ranges = windows.map(
    ({ from, until }) =>
      sql`${column} >= ${from.toISOString()}::timestamptz and ${column} < ${until.toISOString()}::timestamptz`,
  );
  return sql`(${sql.join(ranges, sql` or `)})`;
}

function resolvedBy(actorId: string | null | undefined): SQL {
  if (actorId === undefined) return sql`true`;
  return actorId === null ? sql`s.resolved_by is null` : sql`s.resolved_by = ${actorId}::text`;
}

/** The session's time zone has no say in which day it was. S45 */
function utcDay(column: SQL): SQL {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD')`;
}

/** Reads what `countRows` selected. */
export function toRowCounts(rows: readonly Row[]): MetricsCounts {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const [cohort] = of("cohort");
  return {
    sent: of("sent")
      .map((row) => ({ day: text(row, "day"), count: number(row, "count") }))
      .toSorted((one, other) => compareText(one.day, other.day)),
    ratings: of("rating")
      .map((row) => ({ day: text(row, "day"), rating: toRating(row), count: number(row, "count") }))
      .toSorted((one, other) => compareText(one.day, other.day) || one.rating - other.rating),
    resolvers: of("resolver")
      .map((row) => ({
        actorId: textOrNull(row, "actor_id"),
        rating: toRating(row),
        count: number(row, "count"),
      }))
      .toSorted((one, other) => compareActors(one.actorId, other.actorId) || one.rating - other.rating),
    cohortAnswered: cohort === undefined ? 0 : number(cohort, "count"),
  };
}
