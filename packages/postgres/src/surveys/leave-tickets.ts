import type { LeaveResult, Leaving } from "@csat/core";
import { sql } from "drizzle-orm";
import { describeTickets } from "../describe-tickets.ts";
import { inputRows, ticketColumns } from "../input-rows.ts";
import { outcomesInOrder } from "../outcomes-in-order.ts";
import { isNull, milliseconds, number, type Row, text, time } from "../row.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { armedFromPending, endDueWork, ended, hasNoSurvey, mayArmFromPending, wake } from "./transitions.ts";

/**
 * Tickets stopped being resolved. Two statements: the greatest leaving is kept per ticket, which locks the tickets;
 * then the surveys are locked, decided and written.
 */
export async function leaveTickets(
  session: Session,
  { tables, leavings }: { readonly tables: TableNames; readonly leavings: readonly Leaving[] },
): Promise<readonly LeaveResult[]> {
  if (leavings.length === 0) return [];
  const doing = `leaving ${describeTickets(leavings)}`;
  const rows = await session.atomically(async (transaction) => {
    await transaction.execute(doing, keepLeaving(tables, leavings));
    return transaction.execute(doing, leaveStatement(tables, leavings));
  });
  return outcomesInOrder({
    entries: leavings,
    outcomes: rows.map(toResult),
    // The contract allows one entry per ticket. Of a second one, the first has done all there was to do.
    again: (result) =>
      result.kind === "canceled"
        ? { workspaceId: result.workspaceId, ticketId: result.ticketId, kind: "nothing_pending" }
        : result,
  });
}

function latestLeavings(leavings: readonly Leaving[]) {
  const input = leavings.map(({ workspaceId, ticketId, at, reason }) => ({
    workspace_id: workspaceId,
    ticket_id: ticketId,
    at,
    reason,
  }));
  return sql`select distinct on (workspace_id, ticket_id) workspace_id, ticket_id, at, reason
  from ${inputRows(input, sql`${ticketColumns}, at timestamptz, reason text`)}
  order by workspace_id, ticket_id, at desc`;
}

function keepLeaving(tables: TableNames, leavings: readonly Leaving[]) {
  // DO UPDATE locks every row of the batch in this one ordered pass, also where its condition leaves it alone.
  return sql`insert into ${tables.tickets} as t (workspace_id, ticket_id, left_at, left_reason)
  ${latestLeavings(leavings)}
  on conflict (workspace_id, ticket_id)
  do update set left_at = excluded.left_at, left_reason = excluded.left_reason
  where not t.erased and (t.left_at is null or excluded.left_at > t.left_at)`;
}

function leaveStatement(tables: TableNames, leavings: readonly Leaving[]) {
  return sql`with input as materialized (
  ${latestLeavings(leavings)}
), locked as materialized (
  select s.*, input.at as now_left_at, input.reason as now_left_reason
  from input join ${tables.surveys} s using (workspace_id, ticket_id)
  order by s.workspace_id, s.ticket_id for update of s
), decided as materialized (
  select s.workspace_id, s.ticket_id, s.id as survey_id, s.generation, s.now_left_at, s.now_left_reason,
    s.pending_resolved_at, s.pending_due_at, case
      when s.status in ('sent', 'answered') then 'too_late'
      when s.status not in ('scheduled', 'sending') or s.now_left_at < s.resolved_at then 'nothing_pending'
      when s.status = 'sending' then 'remember'
      when ${mayArmFromPending} and s.pending_resolved_at > s.now_left_at then 'rearm'
      else 'cancel' end as step
  from locked s
), canceled as (
  update ${tables.surveys} s set ${ended("canceled", sql`d.now_left_reason`)} from decided d
  where d.step = 'cancel' and s.workspace_id = d.workspace_id and s.id = d.survey_id
), removed as (
  ${endDueWork(tables, sql`(select * from decided where step = 'cancel')`)}
), rearmed as (
  update ${tables.surveys} s set ${armedFromPending("decided")} from decided
  where decided.step = 'rearm' and s.workspace_id = decided.workspace_id and s.id = decided.survey_id
), woken as (
  ${wake(tables, sql`select workspace_id, survey_id, pending_due_at as wake_at from decided where step = 'rearm'`)}
), remembered as (
  update ${tables.surveys} s set
    left_at = greatest(s.left_at, d.now_left_at),
    left_reason = case when s.left_at >= d.now_left_at then s.left_reason else d.now_left_reason end,
    pending_resolved_at = case when s.pending_resolved_at > d.now_left_at then s.pending_resolved_at end,
    pending_due_at = case when s.pending_resolved_at > d.now_left_at then s.pending_due_at end
  from decided d
  where d.step = 'remember' and s.workspace_id = d.workspace_id and s.id = d.survey_id
)
select d.workspace_id, d.ticket_id, d.step, d.survey_id, d.generation,
  case when d.step = 'rearm' then ${milliseconds(sql`d.pending_due_at`)} end as rearmed_due_at
from decided d
union all
select workspace_id, ticket_id, 'nothing_pending', null, null, null from input where ${hasNoSurvey(tables)}`;
}

function toResult(row: Row): LeaveResult {
  const ref = { workspaceId: text(row, "workspace_id"), ticketId: text(row, "ticket_id") };
  const step = text(row, "step");
  if (step === "too_late" || step === "remember") return { ...ref, kind: "too_late" };
  if (step === "nothing_pending") return { ...ref, kind: "nothing_pending" };
  const generation = number(row, "generation");
  const canceled = { ...ref, kind: "canceled" as const, surveyId: text(row, "survey_id"), generation };
  if (isNull(row, "rearmed_due_at")) return canceled;
  return { ...canceled, rearmed: { generation: generation + 1, dueAt: time(row, "rearmed_due_at") } };
}
