import type { RecordedAnswer, RecordOutcome, ResponseStore, SurveyResponse } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { milliseconds, type Row, text, textOrNull, time } from "./row.ts";
import type { Session } from "./session.ts";
import { endDueWork } from "./surveys/transitions.ts";
import type { TableNames } from "./table-names.ts";
import { toRating } from "./to-rating.ts";

/** The customers' answers. */
export function responseStore(session: Session, tables: TableNames): ResponseStore {
  return {
    async record(answer) {
      const [row] = await session.execute("recording an answer", recordAnswer(tables, answer));
      if (row === undefined) return whyNot(session, { tables, tokenHash: answer.tokenHash });
      return { kind: "recorded", response: toResponse(row) };
    },
    async find({ workspaceId, ticketId }) {
      const [row] = await session.execute(
        `finding the response of ticket ${ticketId} of workspace ${workspaceId}`,
        sql`select ${responseColumns}
from ${tables.surveys} s join ${tables.responses} r on r.workspace_id = s.workspace_id and r.survey_id = s.id
where s.workspace_id = ${workspaceId}::text and s.ticket_id = ${ticketId}::text`,
      );
      return row === undefined ? null : toResponse(row);
    },
  };
}

/** What a response is read from; the table has the alias `r`. */
export const responseColumns: SQL = sql`r.workspace_id, r.ticket_id, r.survey_id, r.rating, r.comment,
  ${milliseconds(sql`r.responded_at`)} as responded_at`;

/** Reads what `responseColumns` selected. */
export function toResponse(row: Row): SurveyResponse {
  return {
    workspaceId: text(row, "workspace_id"),
    ticketId: text(row, "ticket_id"),
    surveyId: text(row, "survey_id"),
    rating: toRating(row),
    comment: textOrNull(row, "comment"),
    respondedAt: time(row, "responded_at"),
  };
}

/**
 * One statement, gated on the update of the survey's row: whoever changes that row first wins, and everything else is
 * written from what the update returned. Gating on the insert would lose against an erase that commits meanwhile.
 */
function recordAnswer(tables: TableNames, answer: RecordedAnswer): SQL {
  const respondedAt = sql`${answer.respondedAt.toISOString()}::timestamptz`;
  const isTold = sql`${answer.eventId}::text is not null`;
  return sql`with answered as (
  update ${tables.surveys} s set status = 'answered', reason = null,
    sent_at = coalesce(s.sent_at, s.send_begun_at),
    pending_resolved_at = null, pending_due_at = null, left_at = null, left_reason = null
  from ${tables.tokens} l
  where l.token_hash = ${answer.tokenHash}::text and s.workspace_id = l.workspace_id and s.id = l.survey_id
    and s.status not in ('answered', 'erased')
  returning s.workspace_id, s.ticket_id, s.id as survey_id, coalesce(s.resolved_by, '') as resolved_by
), r as (
  insert into ${tables.responses} (workspace_id, survey_id, ticket_id, rating, comment, responded_at, resolved_by)
  select workspace_id, survey_id, ticket_id, ${answer.rating}::int, ${answer.comment}::text, ${respondedAt}, resolved_by
  from answered on conflict do nothing returning *
), ended as (
  ${endDueWork(tables, sql`answered`)}
), told as (
  insert into ${tables.events} (workspace_id, id, survey_id, type, created_at, data)
  select workspace_id, ${answer.eventId}::text, survey_id, 'ticket.csat_received', ${respondedAt},
    jsonb_build_object('ticketId', ticket_id, 'rating', ${answer.rating}::int, 'comment', ${answer.comment}::text,
      'respondedAt', ${answer.respondedAt.toISOString()}::text)
  from answered where ${isTold} on conflict do nothing returning workspace_id, id, created_at
), queued as (
  insert into ${tables.due_events} (workspace_id, event_id, wake_at, created_at)
  select workspace_id, id, '-infinity', created_at from told on conflict do nothing
), noted as (
  insert into ${tables.journal} (workspace_id, ticket_id, at, event)
  select workspace_id, ticket_id, ${respondedAt}, 'answered' from answered
)
select ${responseColumns} from r`;
}

/** Asked after the write: the winner has committed by then. */
async function whyNot(
  session: Session,
  { tables, tokenHash }: { readonly tables: TableNames; readonly tokenHash: string },
): Promise<RecordOutcome> {
  const [row] = await session.execute(
    "finding out why an answer was not recorded",
    sql`select s.status from ${tables.tokens} l
  join ${tables.surveys} s on s.workspace_id = l.workspace_id and s.id = l.survey_id
where l.token_hash = ${tokenHash}::text`,
  );
  return { kind: row !== undefined && text(row, "status") === "answered" ? "duplicate" : "unknown_token" };
}
