import type { Survey, TicketRef } from "@csat/core";
import type { Arming, SurveyRow } from "./rows.ts";
import { idKey, type Tables, ticketKey } from "./tables.ts";

/** The ticket's survey, or undefined. */
export function surveyOf(tables: Tables, ref: TicketRef): SurveyRow | undefined {
  return tables.surveys.get(ticketKey(ref));
}

/** The survey with this id, or undefined. */
export function surveyById(
  tables: Tables,
  ref: { readonly workspaceId: string; readonly id: string },
): SurveyRow | undefined {
  const key = tables.ticketOfSurvey.get(idKey(ref));
  return key === undefined ? undefined : tables.surveys.get(key);
}

/** Writes the row and keeps `unfinished` and `ticketOfSurvey` in step with it. */
export function saveSurvey(tables: Tables, row: SurveyRow): void {
  const key = ticketKey(row);
  tables.surveys.set(key, row);
  tables.ticketOfSurvey.set(idKey(row), key);
  if (row.status === "scheduled" || row.status === "sending") tables.unfinished.set(key, row);
  else tables.unfinished.delete(key);
}

/** A survey that was never armed before. */
export function firstArmed(
  born: TicketRef & Arming & { readonly id: string; readonly resolvedBy: string | null },
): SurveyRow {
  return {
    workspaceId: born.workspaceId,
    ticketId: born.ticketId,
    id: born.id,
    status: "scheduled",
    generation: 1,
    reason: null,
    resolvedAt: born.resolvedAt,
    dueAt: born.dueAt,
    firstDueAt: born.dueAt,
    attempts: 0,
    mayHaveReached: false,
    sentAt: null,
    resolvedBy: born.resolvedBy,
    leaseId: null,
    leaseUntil: null,
    claimedAt: null,
    begun: false,
    sendBegunAt: null,
    reachedBefore: false,
    remembered: null,
    leftMeanwhile: null,
    tokenHashes: [],
    page: null,
    messageId: null,
    lastError: null,
    eventId: null,
  };
}

/** The survey armed once more, by a later resolution: the next generation, with its full number of attempts. */
export function armedAgain(row: SurveyRow, { resolvedAt, dueAt }: Arming): SurveyRow {
  return {
    ...atRest(row),
    status: "scheduled",
    generation: row.generation + 1,
    resolvedAt,
    dueAt,
    firstDueAt: dueAt,
    attempts: 0,
    lastError: null,
  };
}

/** Nobody holds the survey, nothing of its last claim or ending counts any more. Status and times are the caller's. */
export function atRest(row: SurveyRow): SurveyRow {
  return { ...row, reason: null, leaseUntil: null, begun: false, remembered: null, leftMeanwhile: null };
}

/** Only what the contract calls a survey. */
export function toSurvey(row: SurveyRow): Survey {
  const { workspaceId, ticketId, id, status, generation, reason, resolvedAt, dueAt, firstDueAt } = row;
  const { attempts, mayHaveReached, sentAt, resolvedBy } = row;
  return {
    workspaceId,
    ticketId,
    id,
    status,
    generation,
    reason,
    resolvedAt,
    dueAt,
    firstDueAt,
    attempts,
    mayHaveReached,
    sentAt,
    resolvedBy,
  };
}
