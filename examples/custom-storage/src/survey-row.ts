import type { Survey, TicketRef } from "@csat/core";
import { isOneOfIds, isOneOfTickets, ticketKey } from "./one-of.ts";
import type { Rows } from "./open-sqlite.ts";
import { surveys } from "./schema.ts";
import { replacing } from "./upsert.ts";

/** A survey with what only the storage needs to know about it. */
export type SurveyRow = typeof surveys.$inferSelect;

/** A resolution and the time its survey is due. */
export interface Arming {
  readonly resolvedAt: Date;
  readonly dueAt: Date;
}

/** Reads the tickets' surveys; the result is undefined for a ticket without one. */
export async function readSurveys(
  rows: Rows,
  refs: readonly TicketRef[],
): Promise<(ref: TicketRef) => SurveyRow | undefined> {
  const found = await rows.select().from(surveys).where(isOneOfTickets(surveys, refs));
  const byKey = new Map(found.map((survey) => [ticketKey(survey), survey]));
  return (ref) => byKey.get(ticketKey(ref));
}

/** Reads surveys by their ids, in no promised order; unknown ones are left out. */
export function readSurveysById(
  rows: Rows,
  refs: readonly { readonly workspaceId: string; readonly id: string }[],
): Promise<SurveyRow[]> {
  return rows.select().from(surveys).where(isOneOfIds(surveys, refs)).execute();
}

/** Writes whole rows, new ones and known ones. A thousand of them stay below the 32,766 parameters that SQLite takes. */
export async function saveSurveys(rows: Rows, changed: readonly SurveyRow[]): Promise<void> {
  if (changed.length === 0) return;
  await rows
    .insert(surveys)
    .values([...changed])
    .onConflictDoUpdate({ target: [surveys.workspaceId, surveys.ticketId], set: replacing(surveys) });
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
    rememberedResolvedAt: null,
    rememberedDueAt: null,
    leftAt: null,
    leftReason: null,
    page: null,
    messageId: null,
    lastError: null,
  };
}

/** The survey armed once more, by a later resolution: the next generation, with its full number of attempts. */
export function armedAgain(survey: SurveyRow, { resolvedAt, dueAt }: Arming): SurveyRow {
  return {
    ...atRest(survey),
    status: "scheduled",
    generation: survey.generation + 1,
    resolvedAt,
    dueAt,
    firstDueAt: dueAt,
    attempts: 0,
    lastError: null,
  };
}

/** Nobody holds the survey, nothing of its last claim or ending counts any more. Status and times are the caller's. */
export function atRest(survey: SurveyRow): SurveyRow {
  return {
    ...remembering(survey, null),
    reason: null,
    leaseUntil: null,
    begun: false,
    leftAt: null,
    leftReason: null,
  };
}

/** The later resolution that the survey remembers, or null. */
export function rememberedBy({ rememberedResolvedAt, rememberedDueAt }: SurveyRow): Arming | null {
  if (rememberedResolvedAt === null || rememberedDueAt === null) return null;
  return { resolvedAt: rememberedResolvedAt, dueAt: rememberedDueAt };
}

/** The survey with another resolution to remember; null forgets. */
export function remembering(survey: SurveyRow, arming: Arming | null): SurveyRow {
  return {
    ...survey,
    rememberedResolvedAt: arming?.resolvedAt ?? null,
    rememberedDueAt: arming?.dueAt ?? null,
  };
}

/** Only what the port calls a survey. */
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
