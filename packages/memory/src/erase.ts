import type { TicketRef } from "@csat/core";
import type { SurveyRow } from "./rows.ts";
import { firstArmed, saveSurvey, surveyOf } from "./survey-row.ts";
import { idKey, type Tables, ticketKey, ticketOf } from "./tables.ts";

/** Removes all that is known about the tickets and leaves a tombstone for each, known or not. */
export function erase(tables: Tables, refs: readonly TicketRef[]): void {
  for (const ref of refs) {
    const ticket = ticketOf(tables, ref);
    const key = ticketKey(ticket);
    const survey = surveyOf(tables, ticket);
    if (survey !== undefined) forgetAnswer(tables, survey);
    tables.journal.delete(key);
    tables.tickets.set(key, { ...ticket, firstResolution: null, lastLeftAt: null, erased: true });
    saveSurvey(tables, tombstone(survey ?? neverArmed(ticket)));
  }
}

function forgetAnswer(tables: Tables, survey: SurveyRow): void {
  tables.responses.delete(ticketKey(survey));
  for (const tokenHash of survey.tokenHashes) tables.ticketOfToken.delete(tokenHash);
  const { workspaceId, eventId } = survey;
  if (eventId !== null) tables.events.delete(idKey({ workspaceId, id: eventId }));
}

/** Without `sentAt` it is in no count; with `mayHaveReached` and its status no resolution arms it again. */
function tombstone(survey: SurveyRow): SurveyRow {
  const { workspaceId, ticketId, id, generation, resolvedAt, dueAt, firstDueAt } = survey;
  return {
    ...firstArmed({ workspaceId, ticketId, id, resolvedAt, dueAt, resolvedBy: null }),
    status: "erased",
    generation,
    firstDueAt,
    mayHaveReached: true,
  };
}

/** A ticket without a survey: its tombstone tells no time. */
function neverArmed({ workspaceId, ticketId }: TicketRef): SurveyRow {
  const never = new Date(0);
  const id = crypto.randomUUID();
  return firstArmed({ workspaceId, ticketId, id, resolvedAt: never, dueAt: never, resolvedBy: null });
}
