import { sql } from "drizzle-orm";
import { number } from "../row.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { wake } from "./transitions.ts";

/** Schedules a workspace's failed surveys again, due at `now`, with no attempts counted, and says so in the journal. Returns how many. */
export async function retryFailed(
  session: Session,
  {
    tables,
    workspaceId,
    now,
  }: { readonly tables: TableNames; readonly workspaceId: string; readonly now: Date },
): Promise<number> {
  const dueAt = sql`${now.toISOString()}::timestamptz`;
  const [row] = await session.execute(
    `retrying the failed surveys of workspace ${workspaceId}`,
    sql`with locked as materialized (
  select s.workspace_id, s.id as survey_id, s.ticket_id
  from ${tables.due_surveys} d join ${tables.surveys} s on s.workspace_id = d.workspace_id and s.id = d.survey_id
  where d.workspace_id = ${workspaceId}::text and d.wake_at = 'infinity' and s.status = 'failed'
  order by s.workspace_id, s.ticket_id for update of s
), retried as (
  update ${tables.surveys} s
  set status = 'scheduled', reason = null, attempts = 0, due_at = ${dueAt}, first_due_at = ${dueAt}
  from locked where s.workspace_id = locked.workspace_id and s.id = locked.survey_id
), woken as (
  ${wake(tables, sql`select workspace_id, survey_id, ${dueAt} as wake_at from locked`)}
), noted as (
  insert into ${tables.journal} (workspace_id, ticket_id, at, event, reason)
  select workspace_id, ticket_id, ${dueAt}, 'scheduled', 'retry_failed' from locked
)
select count(*)::int as retried from locked`,
  );
  return row === undefined ? 0 : number(row, "retried");
}
