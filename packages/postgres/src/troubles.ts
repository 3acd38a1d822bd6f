import { type HeadKind, mostTroubles, type Trouble } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { milliseconds } from "./row.ts";

/**
 * What waits and fails, or what was given up, by workspace and reason, as the text of a JSON array. Skips through an
 * index from one to the next: it costs the same with a million rows.
 */
export function troubles(table: SQL, due: "waiting" | "failed"): SQL {
  // Raw: drizzle's builder knows no recursion.
  const [are, since] =
    due === "failed"
      ? [sql`d.failed_at is not null`, sql`coalesce(d.first_due_at, d.failed_at)`]
      : [sql`d.failed_at is null`, sql`d.first_due_at`];
  const next = (behind: SQL) => sql`select d.workspace_id as w, d.reason as r, ${since} as s from ${table} d
    where d.reason is not null and ${are}${behind} order by d.workspace_id, d.reason, ${since} limit 1`;
  return sql`(with recursive found as (
    (${next(sql``)}) union all
    select n.* from found f cross join lateral (${next(sql` and (d.workspace_id, d.reason) > (f.w, f.r)`)}) n
  ) select coalesce(json_agg(json_build_array(w, r, ${milliseconds(sql`s`)})), '[]')::text
    from (select * from found limit ${sql.raw(String(mostTroubles))}) listed)`;
}

/** Reads what `troubles` answered. */
export function toTroubles(kind: HeadKind, listed: unknown): readonly Trouble[] {
  // Our own statement wrote it.
  const found = JSON.parse(String(listed)) as readonly (readonly [string, string, number])[];
  return found.map(([workspaceId, reason, since]) => ({ kind, workspaceId, reason, since: new Date(since) }));
}
