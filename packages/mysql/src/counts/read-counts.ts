import {
  type CountDelta,
  type CountRow,
  type DateWindow,
  type MetricsCounts,
  type MetricsQuery,
  metricsCounts,
  ofCountRow,
  utcDay,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import type { TableNames } from "../naming.ts";
import { number, type Row, text } from "../row.ts";

/** The columns of figures, as `CountRow` calls them and in its order. */
export const figures = {
  sent: "sent",
  answered: "answered",
  r1: "rating_1",
  r2: "rating_2",
  r3: "rating_3",
  r4: "rating_4",
  r5: "rating_5",
} as const;

/** Adds up the figures of a group. */
export const summed = sql.raw(
  Object.entries(figures)
    .map(([name, column]) => `sum(${column}) as ${name}`)
    .join(", "),
);

/** Reads figures, and the day and resolver that they are of where a row has them. */
export function toCounts(row: Row): CountDelta {
  const figure = (name: string) => number(row, name);
  const counts: CountRow = {
    day: typeof row.day === "string" ? row.day : "",
    resolvedBy: typeof row.actor === "string" ? row.actor : "",
    part: typeof row.part === "string" ? row.part : "",
    sent: figure("sent"),
    answered: figure("answered"),
    r1: figure("r1"),
    r2: figure("r2"),
    r3: figure("r3"),
    r4: figure("r4"),
    r5: figure("r5"),
    notAsked: 0,
  };
  return ofCountRow(counts);
}

/** Sums kept and appended counts by day, and by resolver, in one statement: one snapshot. */
export function readCounts(tables: TableNames, query: MetricsQuery): SQL {
  const { current, previous, resolvedBy } = query;
  const actor = resolvedBy === undefined ? sql`true` : sql`actor_id = ${resolvedBy ?? ""}`;
  const both = sql`(${within(current)} or ${within(previous)})`;
  const of = (table: SQL, kind: "day" | "resolver", chosen: SQL) => {
    const key =
      kind === "day" ? sql`cast(day as char) as day, null as actor` : sql`null as day, actor_id as actor`;
    const group = sql.raw(kind === "day" ? "day" : "actor_id");
    return sql`(select ${sql.raw(`'${kind}'`)} as kind, ${key}, ${summed} from ${table}
where workspace_id = ${query.workspaceId} and ${kind === "day" ? both : within(current)} and ${chosen} group by ${group})`;
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

function within({ from, until }: DateWindow): SQL {
  return sql`(day >= ${utcDay(from)} and day < ${utcDay(until)})`;
}
