import type { Survey } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { flag, isNull, milliseconds, number, type Row, text, textOrNull, time, timeOrNull } from "../row.ts";
import { word } from "../word.ts";

/** What a Survey is read from; the table has the alias `s`. */
export const surveyColumns: SQL = sql`s.id, s.workspace_id, s.ticket_id, s.status, s.generation, s.reason,
  ${milliseconds(sql`s.resolved_at`)} as resolved_at, ${milliseconds(sql`s.due_at`)} as due_at,
  ${milliseconds(sql`s.first_due_at`)} as first_due_at, s.attempts, s.may_have_reached,
  ${milliseconds(sql`s.sent_at`)} as sent_at, s.resolved_by`;

/** Reads what `surveyColumns` selected. */
export function toSurvey(row: Row): Survey {
  return {
    id: text(row, "id"),
    workspaceId: text(row, "workspace_id"),
    ticketId: text(row, "ticket_id"),
    status: word(row, "status"),
    generation: number(row, "generation"),
    reason: isNull(row, "reason") ? null : word(row, "reason"),
    resolvedAt: time(row, "resolved_at"),
    dueAt: time(row, "due_at"),
    firstDueAt: time(row, "first_due_at"),
    attempts: number(row, "attempts"),
    mayHaveReached: flag(row, "may_have_reached"),
    sentAt: timeOrNull(row, "sent_at"),
    resolvedBy: textOrNull(row, "resolved_by"),
  };
}
