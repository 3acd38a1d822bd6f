import type { Backlog } from "@csat/core";
import { sql } from "drizzle-orm";
import { milliseconds, number, timeOrNull } from "./row.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";

/** Counts what waits, in one statement. Reads the narrow tables of due work, whose size is what is open, not what ever was. */
export async function readBacklog(
  session: Session,
  { tables, now }: { readonly tables: TableNames; readonly now: Date },
): Promise<Backlog> {
  const isDue = sql`d.wake_at <= ${now.toISOString()}::timestamptz
    and (d.lease_until is null or d.lease_until <= clock_timestamp())`;
  const [row] = await session.execute(
    "counting what waits",
    sql`select surveys.due as due_surveys, surveys.oldest_due_at, surveys.expired_leases, surveys.failed, events.due as due_events, dead.events as dead_events
from (
  select count(*) filter (where ${isDue} and s.status in ('scheduled', 'sending'))::float8 as due,
    ${milliseconds(sql`min(d.wake_at) filter (where ${isDue} and s.status in ('scheduled', 'sending'))`)} as oldest_due_at,
    count(*) filter (where d.lease_until <= clock_timestamp() and s.status = 'sending')::float8 as expired_leases,
    count(*) filter (where s.status = 'failed')::float8 as failed
  from ${tables.due_surveys} d join ${tables.surveys} s on s.workspace_id = d.workspace_id and s.id = d.survey_id
  where ${isDue} or d.lease_until <= clock_timestamp() or d.wake_at = 'infinity'
) surveys, (
  select count(*) filter (where ${isDue})::float8 as due from ${tables.due_events} d
) events, (
  select count(*)::float8 as events from ${tables.events} where dead
) dead`,
  );
  if (row === undefined) {
    return {
      dueSurveys: 0,
      oldestDueAt: null,
      expiredLeases: 0,
      failedSurveys: 0,
      dueEvents: 0,
      deadEvents: 0,
    };
  }
  return {
    dueSurveys: number(row, "due_surveys"),
    oldestDueAt: timeOrNull(row, "oldest_due_at"),
    expiredLeases: number(row, "expired_leases"),
    failedSurveys: number(row, "failed"),
    dueEvents: number(row, "due_events"),
    deadEvents: number(row, "dead_events"),
  };
}
