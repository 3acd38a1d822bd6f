import { beyondPrefix, ofCountRow, type PartCounts, type PartsQuery, partCounts, utcDay } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { number, type Row, text } from "../row.ts";
import type { TableNames } from "../table-names.ts";
import { within } from "./read-counts.ts";

const figures = {
  sent: "sent",
  answered: "answered",
  r1: "rating_1",
  r2: "rating_2",
  r3: "rating_3",
  r4: "rating_4",
  r5: "rating_5",
  notAsked: "not_asked",
} as const;

/** Sums kept and appended counts by part and day, in one statement: one snapshot. */
export function readParts(tables: TableNames, query: PartsQuery): SQL {
  const { workspaceId, window, prefix, resolvedBy, daysAddedUp } = query;
  const beyond = beyondPrefix(prefix);
  const conditions = [
    sql`workspace_id = ${workspaceId}::text and part > '' and part >= ${prefix}::text and ${within(window)}`,
    ...(beyond === null ? [] : [sql`part < ${beyond}::text`]),
    ...(resolvedBy === undefined ? [] : [sql`actor_id = ${resolvedBy ?? ""}::text`]),
  ];
  const summed = sql.raw(
    Object.entries(figures)
      .map(([name, column]) => `sum(${column})::float8 as "${name}"`)
      .join(", "),
  );
  // A page of slices asks for some values on many days: rows that the driver need not read.
  const day = daysAddedUp ? sql`${utcDay(window.from)}::text` : sql`to_char(day, 'YYYY-MM-DD')`;
  const from = (table: SQL) =>
    sql`select part, ${day} as day, ${summed} from ${table}
where ${sql.join(conditions, sql` and `)} group by ${daysAddedUp ? sql`1` : sql`1, 2`}`;
  return sql`with kept as materialized (${from(resolvedBy === undefined ? tables.daily_totals : tables.daily_counts)}),
appended as materialized (${from(sql`${tables.count_deltas}, unnest(parts) as part`)})
select * from kept union all select * from appended`;
}

/** Reads what `readParts` selected. */
export function toParts(rows: readonly Row[]): readonly PartCounts[] {
  return partCounts(
    rows.map((row) => {
      const of = (name: keyof typeof figures) => number(row, name);
      return ofCountRow({
        day: text(row, "day"),
        resolvedBy: "",
        part: text(row, "part"),
        sent: of("sent"),
        answered: of("answered"),
        r1: of("r1"),
        r2: of("r2"),
        r3: of("r3"),
        r4: of("r4"),
        r5: of("r5"),
        notAsked: of("notAsked"),
      });
    }),
  );
}
