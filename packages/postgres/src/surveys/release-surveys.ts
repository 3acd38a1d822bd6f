import type { ClaimRef } from "@csat/core";
import { sql } from "drizzle-orm";
import { inputRows } from "../input-rows.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { armedFromPending, endDueWork, ended, mayArmFromPending, wake } from "./transitions.ts";

/**
 * Gives back claims whose send was not begun: scheduled as before, or, where the ticket was left meanwhile, canceled or
 * armed from a remembered resolution. Lost leases are passed over.
 */
export async function releaseSurveys(
  session: Session,
  { tables, claims }: { readonly tables: TableNames; readonly claims: readonly ClaimRef[] },
): Promise<void> {
  if (claims.length === 0) return;
  const input = claims.map(({ workspaceId, id, leaseId }) => ({
    workspace_id: workspaceId,
    id,
    lease_id: leaseId,
  }));
  const columns = sql`workspace_id text collate "C", id text collate "C", lease_id text`;
  await session.execute(
    `giving back ${claims.length} claimed surveys`,
    sql`with input as materialized (
  select distinct * from ${inputRows(input, columns)}
), locked as materialized (
  select s.*, s.id as survey_id, case
      when s.left_at is null then 'back'
      when ${mayArmFromPending} then 'rearm'
      else 'cancel' end as step
  from input join ${tables.surveys} s on s.workspace_id = input.workspace_id and s.id = input.id
  where s.status = 'sending' and not s.begun and s.last_lease_id = input.lease_id
  order by s.workspace_id, s.ticket_id for update of s
), given_back as (
  update ${tables.surveys} s set status = 'scheduled', last_lease_id = null from locked
  where locked.step = 'back' and s.workspace_id = locked.workspace_id and s.id = locked.survey_id
), freed as (
  update ${tables.due_surveys} due set lease_id = null, lease_until = null from locked
  where locked.step = 'back' and due.workspace_id = locked.workspace_id and due.survey_id = locked.survey_id
), rearmed as (
  update ${tables.surveys} s set ${armedFromPending("locked")} from locked
  where locked.step = 'rearm' and s.workspace_id = locked.workspace_id and s.id = locked.survey_id
), woken as (
  ${wake(tables, sql`select workspace_id, survey_id, pending_due_at as wake_at from locked where step = 'rearm'`)}
), canceled as (
  update ${tables.surveys} s set ${ended("canceled", sql`s.left_reason`)} from locked
  where locked.step = 'cancel' and s.workspace_id = locked.workspace_id and s.id = locked.survey_id
), removed as (
  ${endDueWork(tables, sql`(select * from locked where step = 'cancel')`)}
)
select count(*)::int as released from locked`,
  );
}
