import { type Backlog, countedUpTo } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { rowsFrom } from "./executor.ts";
import type { Place } from "./read-heads.ts";
import { milliseconds, number, type Row, timeOrNull } from "./row.ts";
import { toTroubles, troubles } from "./troubles.ts";

/** Counts what waits, up to a limit, in one statement over the narrow tables of due work. */
export async function readBacklog(
  { executor, tables }: Pick<Place, "executor" | "tables">,
  now: Date,
): Promise<Backlog> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const isFree = sql`(d.lease_until is null or d.lease_until <= clock_timestamp())`;
  const upTo = sql.raw(String(countedUpTo));
  const counted = (rows: SQL) => sql`(select count(*)::float8 from (${rows}) counted)`;
  // In the order of an index: Postgres expects rows that are wanted everywhere in a table, and would read all of it for
  // those that lie at its end.
  const those = (table: SQL, condition: SQL, order: string) =>
    sql`(select 1 from ${table} d where ${condition} order by ${sql.raw(order)} limit ${upTo})`;
  // What has come, and what was ready before: two indexes. The second is not looked into where the first has enough.
  const due = (table: SQL) =>
    counted(sql`${those(table, sql`not d.ready and d.wake_at is not null and d.wake_at <= ${at}`, "d.wake_at")}
    union all ${those(table, sql`d.ready and d.wake_at <= ${at} and ${isFree}`, "d.workspace_id, d.wake_at, d.id")}
    limit ${upTo}`);
  const failed = (table: SQL) =>
    counted(those(table, sql`d.failed_at is not null`, "d.workspace_id, d.failed_at, d.id"));
  const expired = those(
    tables.due_tickets,
    sql`d.lease_id is not null and d.lease_until <= clock_timestamp()`,
    "d.wake_at",
  );
  const first = (table: SQL) =>
    milliseconds(sql`(select d.first_due_at from ${table} d where d.wake_at is not null order by 1 limit 1)`);
  const [row = {}] = await rowsFrom(
    executor,
    "counting what waits",
    sql`select ${due(tables.due_tickets)} as due_surveys, ${due(tables.due_events)} as due_events,
  ${counted(expired)} as expired_leases,
  ${failed(tables.due_tickets)} as failed_surveys, ${failed(tables.due_events)} as dead_events,
  ${milliseconds(sql`(
    select first_due_at from (
      select first_due_at, wake_at, lease_until from ${tables.due_tickets} where wake_at is not null order by first_due_at limit ${upTo}
    ) d where d.wake_at <= ${at} and ${isFree} order by first_due_at limit 1
  )`)} as oldest_due_at,
  ${first(tables.due_tickets)} as waiting_since, ${first(tables.due_events)} as events_waiting_since,
  ${troubles(tables.due_tickets, "waiting")} as failing_tickets, ${troubles(tables.due_events, "waiting")} as failing_events,
  ${troubles(tables.due_tickets, "failed")} as given_up_tickets, ${troubles(tables.due_events, "failed")} as given_up_events`,
  );
  return toBacklog(row, now);
}

function toBacklog(row: Row, now: Date): Backlog {
  const since = (column: string) => {
    const first = timeOrNull(row, column);
    return first !== null && first <= now ? first : null;
  };
  return {
    dueSurveys: number(row, "due_surveys"),
    oldestDueAt: timeOrNull(row, "oldest_due_at"),
    expiredLeases: number(row, "expired_leases"),
    failedSurveys: number(row, "failed_surveys"),
    dueEvents: number(row, "due_events"),
    deadEvents: number(row, "dead_events"),
    waitingSince: since("waiting_since"),
    eventsWaitingSince: since("events_waiting_since"),
    failing: [...toTroubles("ticket", row.failing_tickets), ...toTroubles("event", row.failing_events)],
    givenUp: [...toTroubles("ticket", row.given_up_tickets), ...toTroubles("event", row.given_up_events)],
  };
}
