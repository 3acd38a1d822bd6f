import type { ClaimRef, SendFailure, SettleOutcome, SkipReason } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Row, text } from "../row.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { armedFromPending, endDueWork, ended, mayArmFromPending, wake } from "./transitions.ts";

/** A claim that ended, and how. */
export interface Settlement<Done> {
  readonly tables: TableNames;
  readonly done: Done;
}

/** sending → sent. One answered meanwhile stays as it is, but for the message id. */
export async function markSent(
  session: Session,
  { tables, done }: Settlement<ClaimRef & { readonly sentAt: Date; readonly messageId: string | null }>,
): Promise<SettleOutcome> {
  const rows = await session.execute(
    doing("marking as sent", done),
    sql`with sent as (
  update ${tables.surveys} s set
    status = case when s.status = 'sending' then 'sent' else s.status end,
    sent_at = case when s.status = 'sending' then ${done.sentAt.toISOString()}::timestamptz else s.sent_at end,
    message_id = ${done.messageId}::text, begun = false, last_error = null,
    pending_resolved_at = null, pending_due_at = null, left_at = null, left_reason = null
  where ${isHeld(done)}
  returning s.workspace_id, s.id as survey_id
), removed as (
  ${endDueWork(tables, sql`sent`)}
)
select 'done' as step from sent`,
  );
  return toOutcome(rows);
}

/** sending → skipped, or armed from a remembered resolution. */
export async function markSkipped(
  session: Session,
  { tables, done }: Settlement<ClaimRef & { readonly reason: SkipReason }>,
): Promise<SettleOutcome> {
  const rows = await session.execute(
    doing("marking as skipped", done),
    sql`with held as materialized (
  select s.workspace_id, s.id as survey_id, s.pending_resolved_at, s.pending_due_at, case
      when s.status = 'answered' then 'done'
      when ${mayArmFromPending} then 'rearm'
      else 'skip' end as step
  from ${tables.surveys} s where ${isHeld(done)} for update of s
), ${rearm(tables)}, skipped as (
  update ${tables.surveys} s set ${ended("skipped", sql`${done.reason}::text`)} from held
  where ${isStep("skip")}
), woken as (
  ${wake(tables, wakeFromPending)}
), removed as (
  ${endDueWork(tables, sql`(select * from held where step = 'skip')`)}
)
select step from held`,
  );
  return toOutcome(rows);
}

/** sending → scheduled again, canceled, failed, or armed from a remembered resolution. */
export async function markFailed(
  session: Session,
  { tables, done }: Settlement<SendFailure>,
): Promise<SettleOutcome> {
  const retryAt = sql`${done.retryAt?.toISOString() ?? null}::timestamptz`;
  const reached = sql`(case when s.begun and ${done.refused}::boolean then s.reached_before else s.may_have_reached end)`;
  const attempts = sql`attempts = held.attempts, may_have_reached = held.reached, last_error = ${done.error}::text`;
  const reason = sql`coalesce(${done.reason ?? null}::text, case when held.reached then 'indeterminate' else 'refused' end)`;
  const rows = await session.execute(
    doing("marking as failed", done),
    sql`with locked as materialized (
  select s.*, ${reached} as reached from ${tables.surveys} s where ${isHeld(done)} for update of s
), held as materialized (
  select s.workspace_id, s.id as survey_id, s.pending_resolved_at, s.pending_due_at, s.reached,
    s.attempts - case when s.begun and not ${done.countsAsAttempt}::boolean then 1 else 0 end as attempts, case
      when s.status = 'answered' then 'done'
      when s.pending_resolved_at is not null and not s.reached then 'rearm'
      when ${retryAt} is null then 'fail'
      when s.left_at is not null then 'cancel'
      else 'retry' end as step
  from locked s
), ${rearm(tables, sql`, may_have_reached = held.reached`)}, canceled as (
  update ${tables.surveys} s set ${ended("canceled", sql`s.left_reason`)}, ${attempts} from held
  where ${isStep("cancel")}
), failed as (
  update ${tables.surveys} s set ${ended("failed", reason)}, ${attempts} from held where ${isStep("fail")}
), retried as (
  update ${tables.surveys} s set status = 'scheduled', due_at = ${retryAt}, begun = false,
    ${attempts} from held where ${isStep("retry")}
), woken as (
  ${wake(
    tables,
    // A failed survey keeps a row that never falls due: retryFailed and health find it there, without an index on status.
    sql`${wakeFromPending}
    union all select workspace_id, survey_id, ${retryAt} from held where step = 'retry'
    union all select workspace_id, survey_id, 'infinity'::timestamptz from held where step = 'fail'`,
  )}
), removed as (
  ${endDueWork(tables, sql`(select * from held where step = 'cancel')`)}
)
select step from held`,
  );
  return toOutcome(rows);
}

/** True for the survey (alias `s`) where that step was decided. */
function isStep(step: "rearm" | "cancel" | "fail" | "retry" | "skip"): SQL {
  return sql`held.step = ${sql.raw(`'${step}'`)} and s.workspace_id = held.workspace_id and s.id = held.survey_id`;
}

/** The fence: the claim's lease is the last one that was given, and its survey is sending or was answered meanwhile. */
function isHeld(claim: ClaimRef): SQL {
  return sql`s.workspace_id = ${claim.workspaceId}::text and s.id = ${claim.id}::text
    and s.last_lease_id = ${claim.leaseId}::text and s.status in ('sending', 'answered')`;
}

function rearm(tables: TableNames, alsoSet: SQL = sql``): SQL {
  return sql`rearmed as (
  update ${tables.surveys} s set ${armedFromPending("held")}${alsoSet} from held
  where ${isStep("rearm")}
)`;
}

const wakeFromPending = sql`select workspace_id, survey_id, pending_due_at as wake_at from held where step = 'rearm'`;

function toOutcome(rows: readonly Row[]): SettleOutcome {
  const [row] = rows;
  if (row === undefined) return "lost_lease";
  return text(row, "step") === "rearm" ? "rearmed" : "done";
}

function doing(what: string, { workspaceId, id }: ClaimRef): string {
  return `${what} survey ${id} of workspace ${workspaceId}`;
}
