import { type ArmOutcome, CsatError, type NewSurvey } from "@csat/core";
import { sql } from "drizzle-orm";
import { describeTickets } from "../describe-tickets.ts";
import { inputRows, ticketColumns } from "../input-rows.ts";
import { lockTickets } from "../lock-tickets.ts";
import { outcomesInOrder } from "../outcomes-in-order.ts";
import { number, type Row, text } from "../row.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { armedFrom, hasNoSurvey, wake } from "./transitions.ts";

/**
 * Arms a survey per resolution, in two statements: the tickets are locked, then everything is decided and written
 * under their locks. Whoever else arms or leaves one of them waits meanwhile.
 */
export async function armSurveys(
  session: Session,
  { tables, surveys }: { readonly tables: TableNames; readonly surveys: readonly NewSurvey[] },
): Promise<readonly ArmOutcome[]> {
  if (surveys.length === 0) return [];
  const doing = `arming surveys of ${describeTickets(surveys)}`;
  return session.atomically(async (transaction) => {
    await lockTickets(transaction, { tables, refs: surveys, doing });
    const rows = await transaction.execute(doing, armStatement(tables, surveys));
    const outcomes = outcomesInOrder<ArmOutcome>({
      entries: surveys,
      outcomes: rows.map(toOutcome),
      // The contract allows one entry per ticket. Of a second one, the first has done all there was to do.
      again: (outcome) =>
        outcome.kind === "armed" ? { ...refOf(outcome), kind: "already_scheduled" } : outcome,
    });
    if (outcomes.length === surveys.length) return outcomes;
    throw new CsatError(
      "storage_failed",
      `An id of a new survey is taken: ${doing} needs ids never used before.`,
    );
  });
}

function armStatement(tables: TableNames, surveys: readonly NewSurvey[]) {
  const columns = sql`${ticketColumns}, id text, "resolvedAt" timestamptz, "dueAt" timestamptz`;
  const input = surveys.map(({ workspaceId, ticketId, id, resolvedAt, dueAt }) => ({
    workspace_id: workspaceId,
    ticket_id: ticketId,
    id,
    resolvedAt,
    dueAt,
  }));
  return sql`with input as materialized (
  select distinct on (workspace_id, ticket_id) workspace_id, ticket_id, id,
    "resolvedAt" as resolved_at, "dueAt" as due_at
  from ${inputRows(input, columns)} order by workspace_id, ticket_id, "resolvedAt"
), locked as materialized (
  select s.*, input.resolved_at as new_resolved_at, input.due_at as new_due_at
  from input join ${tables.surveys} s using (workspace_id, ticket_id)
  order by s.workspace_id, s.ticket_id for update of s
), decided as materialized (
  select s.workspace_id, s.ticket_id, s.id as survey_id, s.new_resolved_at as resolved_at, s.new_due_at as due_at,
    null as first_actor_id, case
      when t.erased or s.status in ('sent', 'answered', 'erased') then 'already_surveyed'
      when s.status in ('canceled', 'skipped', 'failed') and s.may_have_reached then 'already_surveyed'
      when s.new_resolved_at <= t.left_at then 'left_since'
      when s.status in ('scheduled', 'sending') then 'remember'
      when s.status in ('canceled', 'skipped', 'failed') and s.new_resolved_at > s.resolved_at then 'rearm'
      else 'already_scheduled' end as step
  from locked s join ${tables.tickets} t using (workspace_id, ticket_id)
  union all
  select input.workspace_id, input.ticket_id, input.id, input.resolved_at, input.due_at, t.first_actor_id, case
      when t.erased then 'already_surveyed'
      when input.resolved_at <= t.left_at then 'left_since'
      else 'insert' end
  from input join ${tables.tickets} t using (workspace_id, ticket_id)
  where ${hasNoSurvey(tables)}
), inserted as (
  insert into ${tables.surveys} (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at, resolved_by)
  select workspace_id, survey_id, ticket_id, 'scheduled', 1, resolved_at, due_at, due_at, first_actor_id
  from decided where step = 'insert' order by workspace_id, ticket_id
  on conflict do nothing returning workspace_id, ticket_id, id, generation, due_at
), rearmed as (
  update ${tables.surveys} s set ${armedFrom(sql`d.resolved_at`, sql`d.due_at`)} from decided d
  where d.step = 'rearm' and s.workspace_id = d.workspace_id and s.id = d.survey_id
  returning s.workspace_id, s.ticket_id, s.id, s.generation, s.due_at
), remembered as (
  update ${tables.surveys} s set pending_resolved_at = d.resolved_at, pending_due_at = d.due_at from decided d
  where d.step = 'remember' and s.workspace_id = d.workspace_id and s.id = d.survey_id
    and d.resolved_at > s.resolved_at
    and (s.pending_resolved_at is null or d.resolved_at > s.pending_resolved_at)
), armed as (
  select * from inserted union all select * from rearmed
), woken as (
  ${wake(tables, sql`select workspace_id, id as survey_id, due_at as wake_at from armed`)}
)
select workspace_id, ticket_id, 'armed' as step, id as survey_id, generation from armed
union all
select workspace_id, ticket_id, step, null, null from decided where step not in ('insert', 'rearm')`;
}

function toOutcome(row: Row): ArmOutcome {
  const ref = { workspaceId: text(row, "workspace_id"), ticketId: text(row, "ticket_id") };
  const step = text(row, "step");
  if (step === "already_surveyed" || step === "left_since") return { ...ref, kind: step };
  if (step === "armed") {
    return { ...ref, kind: "armed", surveyId: text(row, "survey_id"), generation: number(row, "generation") };
  }
  return { ...ref, kind: "already_scheduled" };
}

function refOf({ workspaceId, ticketId }: ArmOutcome) {
  return { workspaceId, ticketId };
}
