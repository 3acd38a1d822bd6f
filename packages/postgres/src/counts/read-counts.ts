import {
  type CountDelta,
  type DateWindow,
  type MetricsCounts,
  type MetricsQuery,
  metricsCounts,
  type Rating,
  utcDay,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { number, type Row, text } from "../row.ts";
import type { TableNames } from "../table-names.ts";

/** Sums kept and appended counts by day, and by resolver, in one statement: one snapshot. */
export function readCounts(tables: TableNames, query: MetricsQuery): SQL {
  const { current, previous, resolvedBy } = query;
  const actor = resolvedBy === undefined ? sql`true` : sql`actor_id = ${resolvedBy ?? ""}::text`;
  const part = sql`${query.part ?? ""}::text`;
  const summed = ({ of, columns, windows, group }: Summing) => {
    const from = (table: SQL, chosen: SQL) => sql`select ${group} as key, ${columns} from ${table}
    where workspace_id = ${query.workspaceId}::text and ${windows} and ${chosen} group by 1`;
    const kept = from(of, sql`part = ${part} and ${of === tables.daily_totals ? sql`true` : actor}`);
    // Each side is grouped by itself: rows that pass a union one by one cost as much as adding them up.
    return sql`${kept} union all ${from(tables.count_deltas, sql`${part} = any (parts) and ${actor}`)}`;
  };
  const sums = sql`sum(rating_1) as rating_1, sum(rating_2) as rating_2, sum(rating_3) as rating_3,
    sum(rating_4) as rating_4, sum(rating_5) as rating_5`;
  const numbers = sql`sum(number)::float8 as number, sum(rating_1)::float8 as rating_1, sum(rating_2)::float8 as rating_2,
    sum(rating_3)::float8 as rating_3, sum(rating_4)::float8 as rating_4, sum(rating_5)::float8 as rating_5`;
  const days = summed({
    of: resolvedBy === undefined ? tables.daily_totals : tables.daily_counts,
    columns: sql`sum(sent) as number, ${sums}`,
    windows: sql`(${within(current)} or ${within(previous)})`,
    group: sql`day`,
  });
  const resolvers = summed({
    of: tables.daily_counts,
    columns: sql`sum(answered) as number, ${sums}`,
    windows: within(current),
    group: sql`actor_id`,
  });
  // Materialized: a union of plain queries is spread over parallel workers, and to start them takes longer than to add up.
  return sql`with days as materialized (${days}), resolvers as materialized (${resolvers})
select 'day' as kind, to_char(key, 'YYYY-MM-DD') as key, ${numbers} from days group by days.key
union all
select 'resolver', key, ${numbers} from resolvers group by key`;
}

interface Summing {
  readonly of: SQL;
  readonly columns: SQL;
  readonly windows: SQL;
  readonly group: SQL;
}

/** Reads what `readCounts` selected. */
export function toCounts(rows: readonly Row[]): MetricsCounts {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return metricsCounts({
    days: of("day").map((row) => ({
      day: text(row, "key"),
      sent: number(row, "number"),
      ratings: ratingsOf(row),
    })),
    resolvers: of("resolver").map((row) => ({
      resolvedBy: text(row, "key") || null,
      answered: number(row, "number"),
      ratings: ratingsOf(row),
    })),
  });
}

function ratingsOf(row: Row): CountDelta["ratings"] {
  const count = (rating: Rating) => number(row, `rating_${rating}`);
  return [count(1), count(2), count(3), count(4), count(5)];
}

/** Days of a window. */
export function within({ from, until }: DateWindow): SQL {
  return sql`(day >= ${utcDay(from)}::date and day < ${utcDay(until)}::date)`;
}
