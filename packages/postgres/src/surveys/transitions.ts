import { type SQL, sql } from "drizzle-orm";
import type { TableNames } from "../table-names.ts";

/** What every step out of `sending` clears: the attempt, and what was remembered during it. */
const settled = sql`begun = false, pending_resolved_at = null, pending_due_at = null,
  left_at = null, left_reason = null`;

/** Assignments that end a generation without a mail: canceled, skipped or failed, for the reason given. */
export function ended(status: "canceled" | "skipped" | "failed", reason: SQL): SQL {
  return sql`status = ${sql.raw(`'${status}'`)}, reason = ${reason}, ${settled}`;
}

/** Assignments that arm a survey anew, from a resolution and the due time it leads to. */
export function armedFrom(resolvedAt: SQL, dueAt: SQL): SQL {
  return sql`status = 'scheduled', generation = s.generation + 1, reason = null, attempts = 0,
  resolved_at = ${resolvedAt}, due_at = ${dueAt}, first_due_at = ${dueAt}, last_error = null, ${settled}`;
}

/**
 * Assignments that arm a survey (alias `s`) from the resolution it remembered, as the relation `locked` read it under
 * the lock. Read from `s` itself it could be null: Postgres computes a new row from the version that the statement
 * saw at first, checks NOT NULL, and only then notices that somebody changed it meanwhile.
 */
export function armedFromPending(locked: "decided" | "held" | "locked"): SQL {
  const from = sql.identifier(locked);
  return armedFrom(sql`${from}.pending_resolved_at`, sql`${from}.pending_due_at`);
}

/** True where a remembered resolution may arm the survey (alias `s`) again: no mail of it may have arrived. S4 */
export const mayArmFromPending: SQL = sql`(s.pending_resolved_at is not null and not s.may_have_reached)`;

/**
 * Sets the wake-up of each row of `source` (workspace_id, survey_id, wake_at) and ends its lease. An upsert, so that no
 * survey that waits can be without one.
 */
export function wake(tables: TableNames, source: SQL): SQL {
  return sql`insert into ${tables.due_surveys} as due (workspace_id, survey_id, wake_at)
    select workspace_id, survey_id, wake_at from (${source}) as source order by workspace_id, survey_id
    on conflict (workspace_id, survey_id)
    do update set wake_at = excluded.wake_at, lease_id = null, lease_until = null`;
}

/**
 * True for a row of the relation `input` whose ticket has no survey. It asks the table: under the ticket's lock none can
 * appear, and a join with a CTE of unknown size is planned as a nested loop, which takes a second for 5,000 rows.
 */
export function hasNoSurvey(tables: TableNames): SQL {
  return sql`not exists (
    select 1 from ${tables.surveys} s where s.workspace_id = input.workspace_id and s.ticket_id = input.ticket_id
  )`;
}

/** Removes the due work of each survey of the relation `source` (workspace_id, survey_id). */
export function endDueWork(tables: TableNames, source: SQL): SQL {
  return sql`delete from ${tables.due_surveys} as due using ${source} as source
    where due.workspace_id = source.workspace_id and due.survey_id = source.survey_id`;
}
