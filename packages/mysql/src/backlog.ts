import { type Backlog, countedUpTo, type HeadKind, mostTroubles, type Trouble } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { rowsFrom } from "./executor.ts";
import type { Place } from "./read-heads.ts";
import { databaseNow, milliseconds, number, type Row, stored, text, time, timeOrNull } from "./row.ts";

/** Counts what waits, up to a limit, in one statement over the narrow tables of due work. */
export async function readBacklog(
  { executor, tables }: Pick<Place, "executor" | "tables">,
  now: Date,
): Promise<Backlog> {
  const at = stored(now);
  const isFree = sql`(d.lease_until is null or d.lease_until <= ${databaseNow})`;
  const upTo = sql.raw(String(countedUpTo));
  const counted = (table: SQL, condition: SQL) =>
    sql`(select count(*) from (select 1 from ${table} d where ${condition} limit ${upTo}) counted)`;
  // What is ready and what has come since: two ranges of an index.
  const due = (
    table: SQL,
  ) => sql`least(${upTo}, ${counted(table, sql`d.ready = 1 and d.wake_at <= ${at} and ${isFree}`)}
    + ${counted(table, sql`d.ready = 0 and d.wake_at <= ${at}`)})`;
  // Without a condition it is the first entry of an index; with one, though no null would count, all of them are read.
  const first = (table: SQL) => sql`(select min(d.first_due_at) from ${table} d)`;
  const [row = {}] = await rowsFrom(
    executor,
    "counting what waits",
    sql`select ${due(tables.due_tickets)} as due_surveys, ${due(tables.due_events)} as due_events,
  ${counted(tables.due_tickets, sql`d.ready = 1 and d.lease_until <= ${databaseNow}`)} as expired_leases,
  ${counted(tables.due_tickets, sql`d.ready is null`)} as failed_surveys,
  ${counted(tables.due_events, sql`d.ready is null`)} as dead_events,
  ${milliseconds(sql`(
    select first_due_at from (
      select first_due_at, wake_at, lease_until from ${tables.due_tickets} where first_due_at is not null order by first_due_at limit ${upTo}
    ) d where d.wake_at <= ${at} and ${isFree} order by first_due_at limit 1
  )`)} as oldest_due_at,
  ${milliseconds(first(tables.due_tickets))} as waiting_since, ${milliseconds(first(tables.due_events))} as events_waiting_since`,
  );
  const troubles = async (due: "waiting" | "failed") => [
    ...(await readTroubles(executor, { kind: "ticket", table: tables.due_tickets, due })),
    ...(await readTroubles(executor, { kind: "event", table: tables.due_events, due })),
  ];
  return { ...toBacklog(row, now), failing: await troubles("waiting"), givenUp: await troubles("failed") };
}

/**
 * By workspace and reason. Both servers skip through an index of (reason, workspace, time) from one to the next and read
 * the first time of each, so that a hundred thousand rows cost what ten do. What waits has no time at which it was given
 * up, and the other way round.
 */
async function readTroubles(
  executor: Place["executor"],
  { kind, table, due }: { readonly kind: HeadKind; readonly table: SQL; readonly due: "waiting" | "failed" },
): Promise<readonly Trouble[]> {
  const since = due === "failed" ? sql`d.failed_at` : sql`d.first_due_at`;
  const rows = await rowsFrom(
    executor,
    "reading what fails",
    sql`select workspace_id, reason, ${milliseconds(sql`since`)} as since from (
    select d.reason, d.workspace_id, min(${since}) as since from ${table} d
    where d.reason is not null and ${since} is not null group by d.reason, d.workspace_id
  ) troubled order by workspace_id, reason limit ${sql.raw(String(mostTroubles))}`,
  );
  return rows.map((row) => ({
    kind,
    workspaceId: text(row, "workspace_id"),
    reason: text(row, "reason"),
    since: time(row, "since"),
  }));
}

function toBacklog(row: Row, now: Date): Omit<Backlog, "failing" | "givenUp"> {
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
  };
}
