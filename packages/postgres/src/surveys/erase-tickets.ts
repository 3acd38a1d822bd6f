import type { TicketRef } from "@csat/core";
import { sql } from "drizzle-orm";
import { describeTickets } from "../describe-tickets.ts";
import { inputRows, ticketColumns } from "../input-rows.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { hasNoSurvey } from "./transitions.ts";

/**
 * Removes what is stored about tickets and leaves tombstones. Three statements: the tickets are marked and locked, then
 * their surveys are locked, and only then is anything deleted: an answer that commits while we wait for its survey is
 * invisible to the statement that waited.
 */
export async function eraseTickets(
  session: Session,
  { tables, refs }: { readonly tables: TableNames; readonly refs: readonly TicketRef[] },
): Promise<void> {
  if (refs.length === 0) return;
  const doing = `erasing ${describeTickets(refs)}`;
  const input = refs.map((ref) => ({ workspace_id: ref.workspaceId, ticket_id: ref.ticketId }));
  const tickets = sql`select distinct on (workspace_id, ticket_id) workspace_id, ticket_id
  from ${inputRows(input, ticketColumns)} order by workspace_id, ticket_id`;
  await session.atomically(async (transaction) => {
    await transaction.execute(doing, markErased(tables, tickets));
    await transaction.execute(
      doing,
      sql`with input as materialized (${tickets})
select 1 as locked from input join ${tables.surveys} s using (workspace_id, ticket_id)
order by s.workspace_id, s.ticket_id for update of s`,
    );
    await transaction.execute(doing, deleteRows(tables, tickets));
  });
}

function markErased(tables: TableNames, tickets: ReturnType<typeof sql>) {
  return sql`insert into ${tables.tickets} as t (workspace_id, ticket_id, erased)
select workspace_id, ticket_id, true from (${tickets}) as input order by workspace_id, ticket_id
on conflict (workspace_id, ticket_id) do update
set erased = true, first_resolved_at = null, first_actor_id = null, left_at = null, left_reason = null
where not t.erased`;
}

function deleteRows(tables: TableNames, tickets: ReturnType<typeof sql>) {
  return sql`with input as materialized (
  ${tickets}
), known as materialized (
  select s.workspace_id, s.ticket_id, s.id as survey_id
  from input join ${tables.surveys} s using (workspace_id, ticket_id)
), erased as (
  update ${tables.surveys} s set status = 'erased', reason = null, attempts = 0, may_have_reached = true, begun = false,
    sent_at = null, send_begun_at = null, claimed_at = null, resolved_by = null, last_lease_id = null,
    pending_resolved_at = null, pending_due_at = null, left_at = null, left_reason = null,
    page_workspace_name = null, page_ticket_subject = null, page_locale = null,
    message_id = null, last_error = null
  from known where s.workspace_id = known.workspace_id and s.id = known.survey_id and s.status <> 'erased'
), buried as (
  insert into ${tables.surveys}
    (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at, may_have_reached)
  select workspace_id, gen_random_uuid()::text, ticket_id, 'erased', 1, to_timestamp(0), to_timestamp(0), to_timestamp(0), true
  from input where ${hasNoSurvey(tables)}
  on conflict do nothing
), due as (
  delete from ${tables.due_surveys} d using known
  where d.workspace_id = known.workspace_id and d.survey_id = known.survey_id
), links as (
  delete from ${tables.tokens} l using known
  where l.workspace_id = known.workspace_id and l.survey_id = known.survey_id
), answers as (
  delete from ${tables.responses} r using known
  where r.workspace_id = known.workspace_id and r.survey_id = known.survey_id
), untold as (
  delete from ${tables.events} e using known
  where e.workspace_id = known.workspace_id and e.survey_id = known.survey_id
  returning e.workspace_id, e.id
), undelivered as (
  delete from ${tables.due_events} d using untold
  where d.workspace_id = untold.workspace_id and d.event_id = untold.id
), history as (
  delete from ${tables.journal} j using input
  where j.workspace_id = input.workspace_id and j.ticket_id = input.ticket_id
)
select count(*)::int as tickets from input`;
}
