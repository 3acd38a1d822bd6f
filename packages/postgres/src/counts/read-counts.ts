import type { DateWindow, MetricsCounts, MetricsQuery, Rating } from "@csat/core";
import { compareText } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { flag, number, type Row, text } from "../row.ts";
import type { TableNames } from "../table-names.ts";

const dayMs = 86_400_000;
const ratings: readonly Rating[] = [1, 2, 3, 4, 5];

/** True for a window of whole UTC days: those that counts are kept of. */
export function isWholeDays({ from, until }: DateWindow): boolean {
  return from.getTime() % dayMs === 0 && until.getTime() % dayMs === 0;
}

/**
 * Sums kept and appended counts by day, and by resolver, in one pass over one snapshot. `is_current` tells the windows
 * apart where a row is a resolver's.
 */
export function readCounts(tables: TableNames, query: MetricsQuery): SQL {
  const { current, previous, resolvedBy } = query;
  const actor = resolvedBy === undefined ? sql`true` : sql`actor_id = ${resolvedBy ?? ""}::text`;
  const chosen = (
    table: SQL,
  ) => sql`select day, actor_id, sent, answered, rating_1, rating_2, rating_3, rating_4, rating_5
    from ${table} where workspace_id = ${query.workspaceId}::text and (${within(current)} or ${within(previous)}) and ${actor}`;
  return sql`select grouping(day) = 0 as is_day, to_char(day, 'YYYY-MM-DD') as day, is_current, actor_id,
  sum(sent)::float8 as sent, sum(answered)::float8 as answered, sum(rating_1)::float8 as rating_1,
  sum(rating_2)::float8 as rating_2, sum(rating_3)::float8 as rating_3, sum(rating_4)::float8 as rating_4,
  sum(rating_5)::float8 as rating_5
from (
  select *, ${within(current)} as is_current
  from (${chosen(tables.daily_counts)} union all ${chosen(tables.count_deltas)}) as kept
) as chosen
group by grouping sets ((day), (is_current, actor_id))`;
}

/** Reads what `readCounts` selected. Days and resolvers without any are left out. */
export function toCounts(rows: readonly Row[]): MetricsCounts {
  const days = rows
    .filter((row) => flag(row, "is_day"))
    .map((row) => ({ row, day: text(row, "day") }))
    .toSorted((one, other) => compareText(one.day, other.day));
  const resolvers = rows
    .filter((row) => !flag(row, "is_day") && flag(row, "is_current"))
    .map((row) => ({ row, actorId: text(row, "actor_id") || null }))
    .toSorted((one, other) => compareActors(one.actorId, other.actorId));
  return {
    sent: days.flatMap(({ row, day }) => some({ day, count: number(row, "sent") })),
    ratings: days.flatMap(({ row, day }) =>
      ratings.flatMap((rating) => some({ day, rating, count: number(row, `rating_${rating}`) })),
    ),
    resolvers: resolvers.flatMap(({ row, actorId }) =>
      ratings.flatMap((rating) => some({ actorId, rating, count: number(row, `rating_${rating}`) })),
    ),
    cohortAnswered: resolvers.reduce((sum, { row }) => sum + number(row, "answered"), 0),
  };
}

/** Unattributed last, the others by code points. */
export function compareActors(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}

function some<Counted extends { readonly count: number }>(counted: Counted): readonly Counted[] {
  return counted.count === 0 ? [] : [counted];
}

function within({ from, until }: DateWindow): SQL {
  // The epoch's days are UTC's, whatever the zone of the process or the session.
  const day = (at: Date) => sql`(date '1970-01-01' + ${at.getTime() / dayMs}::int)`;
  return sql`(day >= ${day(from)} and day < ${day(until)})`;
}
