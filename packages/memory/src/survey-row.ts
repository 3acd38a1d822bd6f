import type { LeaveReason, PageFacts, Survey, TicketRef } from "@csat/core";
import { idKey, type Tables, ticketKey } from "./tables.ts";

/** A survey with what only the storage needs to know about it. */
export interface SurveyRow extends Survey {
  /** Who claimed it last; stays after the claim has ended, so that a sender whose survey was answered meanwhile is known. */
  readonly leaseId: string | null;
  /** While it is sending: from then on another worker may claim it. Null in every other status. */
  readonly leaseUntil: Date | null;
  /** `now` of the last claim. */
  readonly claimedAt: Date | null;
  /** True from `beginSend` until the attempt is settled or claimed anew. */
  readonly begun: boolean;
  /** When the last attempt began, by the rules' clock. */
  readonly sendBegunAt: Date | null;
  /** What `mayHaveReached` was before the attempt under way. */
  readonly reachedBefore: boolean;
  /** A later resolution that came while this one was scheduled or sending. */
  readonly remembered: Arming | null;
  /** The latest leaving that came while it was sending. */
  readonly leftMeanwhile: { readonly at: Date; readonly reason: LeaveReason } | null;
  /** Of every mail that may have reached the customer. */
  readonly tokenHashes: readonly string[];
  readonly page: PageFacts | null;
  readonly messageId: string | null;
  readonly lastError: string | null;
  /** The event raised by its answer. */
  readonly eventId: string | null;
}

/** A resolution and the time its survey is due. */
export interface Arming {
  readonly resolvedAt: Date;
  readonly dueAt: Date;
}

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
