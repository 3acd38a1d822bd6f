import type { TicketRef } from "@csat/core";
import { isOneOfTickets } from "../one-of.ts";
import type { Rows } from "../open-sqlite.ts";
import { events, journal, responses, tokens } from "../schema.ts";
import { firstArmed, readSurveys, type SurveyRow, saveSurveys } from "../survey-row.ts";
import { readTickets, saveTickets } from "../tickets.ts";

/** Removes all that is known about the tickets and leaves a tombstone for each, known or not. */
export async function erase(rows: Rows, refs: readonly TicketRef[]): Promise<void> {
  const ticketOf = await readTickets(rows, refs);
  const surveyOf = await readSurveys(rows, refs);
  for (const table of [responses, tokens, events, journal]) {
    await rows.delete(table).where(isOneOfTickets(table, refs));
  }
  await saveTickets(
    rows,
    refs.map((ref) => ({
      ...ticketOf(ref),
      firstResolvedAt: null,
      firstActorId: null,
      lastLeftAt: null,
      erased: true,
    })),
  );
  await saveSurveys(
    rows,
    refs.map((ref) => tombstone(surveyOf(ref) ?? neverArmed(ref))),
  );
}

/** Without `sentAt` it is in no count; with `mayHaveReached` and its status no resolution arms it again. */
function tombstone(survey: SurveyRow): SurveyRow {
  return {
    ...firstArmed({ ...survey, resolvedBy: null }),
    status: "erased",
    generation: survey.generation,
    firstDueAt: survey.firstDueAt,
    mayHaveReached: true,
  };
}

/** A ticket without a survey: its tombstone tells no time. */
function neverArmed({ workspaceId, ticketId }: TicketRef): SurveyRow {
  const never = new Date(0);
  const id = crypto.randomUUID();
  return firstArmed({ workspaceId, ticketId, id, resolvedAt: never, dueAt: never, resolvedBy: null });
}
