import {
  beyondPrefix,
  type DateWindow,
  type MetricsCounts,
  type MetricsQuery,
  metricsCounts,
  type PartCounts,
  type PartsQuery,
  partCounts,
  utcDay,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import type { TableNames } from "../naming.ts";
import { type Row, text } from "../row.ts";
import { allFigures, figures, summed, toCounts } from "./figures.ts";

/** Sums kept and appended counts by day, and by resolver, in one statement: one snapshot. */
export function readCounts(tables: TableNames, query: MetricsQuery): SQL {
  const { current, previous, resolvedBy } = query;
  const actor = resolvedBy === undefined ? sql`true` : sql`actor_id = ${resolvedBy ?? ""}`;
  const both = sql`(${within(current)} or ${within(previous)})`;
  const of = (table: SQL, kind: "day" | "resolver", chosen: SQL) => {
    const key =
      kind === "day" ? sql`cast(day as char) as day, null as actor` : sql`null as day, actor_id as actor`;
    const group = sql.raw(kind === "day" ? "day" : "actor_id");
    return sql`(select ${sql.raw(`'${kind}'`)} as kind, ${key}, ${summed(figures)} from ${table}
where workspace_id = ${query.workspaceId} and part = ${query.part ?? ""} and ${kind === "day" ? both : within(current)} and ${chosen} group by ${group})`;
  };
  const days =
    resolvedBy === undefined
      ? of(tables.daily_totals, "day", sql`true`)
      : of(tables.daily_counts, "day", actor);
  return sql`${days} union all ${of(tables.count_deltas, "day", actor)}
union all ${of(tables.daily_counts, "resolver", actor)} union all ${of(tables.count_deltas, "resolver", actor)}`;
}

/** Makes the answer of what `readCounts` selected. */
export function toMetrics(rows: readonly Row[]): MetricsCounts {
  const of = (kind: string) => rows.filter((row) => text(row, "kind") === kind).map(toCounts);
  return metricsCounts({ days: of("day"), resolvers: of("resolver") });
}

/** Sums kept and appended counts by part and day, in one statement: one snapshot. */
export function readParts(tables: TableNames, query: PartsQuery): SQL {
  const { workspaceId, window, prefix, resolvedBy, daysAddedUp } = query;
  const beyond = beyondPrefix(prefix);
  const conditions = [
    sql`workspace_id = ${workspaceId} and part > '' and part >= ${prefix} and ${within(window)}`,
    ...(beyond === null ? [] : [sql`part < ${beyond}`]),
    ...(resolvedBy === undefined ? [] : [sql`actor_id = ${resolvedBy ?? ""}`]),
  ];
  const [day, group] = daysAddedUp
    ? [sql`${utcDay(window.from)}`, sql`part`]
    : [sql`cast(day as char)`, sql`part, day`];
  const of = (table: SQL) => sql`(select part, ${day} as day, ${summed(allFigures)} from ${table}
where ${sql.join(conditions, sql` and `)} group by ${group})`;
  return sql`${of(resolvedBy === undefined ? tables.daily_totals : tables.daily_counts)} union all ${of(tables.count_deltas)}`;
}

/** Makes the answer of what `readParts` selected. */
export function toParts(rows: readonly Row[]): readonly PartCounts[] {
  return partCounts(rows.map(toCounts));
}

function within({ from, until }: DateWindow): SQL {
  return sql`(day >= ${utcDay(from)} and day < ${utcDay(until)})`;
}
