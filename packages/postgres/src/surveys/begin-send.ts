import type { ClaimRef, PageFacts } from "@csat/core";
import { sql } from "drizzle-orm";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";

/** What a send needs to have stored before the mail server hears of it. */
export interface SendBeginning {
  readonly tokenHash: string;
  readonly page: PageFacts;
  readonly leaseForMs: number;
  readonly begunAt?: Date;
}

/** Stores a send's token and facts, and renews the lease, in one statement. False when the lease was lost or has ended. */
export async function beginSend(
  session: Session,
  {
    tables,
    claim,
    send,
  }: { readonly tables: TableNames; readonly claim: ClaimRef; readonly send: SendBeginning },
): Promise<boolean> {
  const { page } = send;
  const begunAt = send.begunAt?.toISOString() ?? null;
  const rows = await session.execute(
    `beginning to send survey ${claim.id} of workspace ${claim.workspaceId}`,
    // The survey is locked first, as everywhere; the lease is asked under that lock.
    sql`with locked as materialized (
  select s.workspace_id, s.id from ${tables.surveys} s
  where s.workspace_id = ${claim.workspaceId}::text and s.id = ${claim.id}::text
    and s.status = 'sending' and s.last_lease_id = ${claim.leaseId}::text
  for update of s
), renewed as (
  update ${tables.due_surveys} d
  set lease_until = clock_timestamp() + ${send.leaseForMs}::float8 * interval '1 millisecond'
  from locked where d.workspace_id = locked.workspace_id and d.survey_id = locked.id
    and d.lease_id = ${claim.leaseId}::text and d.lease_until > clock_timestamp()
  returning d.workspace_id, d.survey_id
), begun as (
  update ${tables.surveys} s set
    begun = true, attempts = s.attempts + 1, reached_before = s.may_have_reached, may_have_reached = true,
    send_begun_at = coalesce(${begunAt}::timestamptz, s.claimed_at),
    page_workspace_name = ${page.workspaceName}::text, page_ticket_subject = ${page.ticketSubject}::text,
    page_locale = ${page.locale}::text
  from renewed where s.workspace_id = renewed.workspace_id and s.id = renewed.survey_id
  returning s.workspace_id, s.id
), kept as (
  insert into ${tables.tokens} (token_hash, workspace_id, survey_id)
  select ${send.tokenHash}::text, workspace_id, id from begun on conflict do nothing
)
select id from begun`,
  );
  return rows.length > 0;
}
