import { compareText, type Resolution, type ResolutionStore } from "@csat/core";
import type { Access } from "./access.ts";
import type { Rows } from "./open-sqlite.ts";
import { readSurveys, saveSurveys } from "./survey-row.ts";
import { readTickets, saveTickets, type TicketRow } from "./tickets.ts";

/** Who resolved each ticket first. */
export function resolutionStore({ write }: Access): ResolutionStore {
  return { record: write(record) };
}

async function record(rows: Rows, resolutions: readonly Resolution[]): Promise<void> {
  const ticketOf = await readTickets(rows, resolutions);
  const surveyOf = await readSurveys(rows, resolutions);
  const first = resolutions.filter((resolution) => isFirst(resolution, ticketOf(resolution)));
  await saveTickets(
    rows,
    first.map((resolution) => ({
      ...ticketOf(resolution),
      firstResolvedAt: resolution.resolvedAt,
      firstActorId: resolution.actorId,
    })),
  );
  // Counts are read from the surveys, so they move with this.
  await saveSurveys(
    rows,
    first.flatMap((resolution) => {
      const survey = surveyOf(resolution);
      return survey === undefined ? [] : [{ ...survey, resolvedBy: resolution.actorId }];
    }),
  );
}

/** By event time; of equal times the smaller actor id, and an automation last. Nothing is first of an erased ticket. */
function isFirst(
  { actorId, resolvedAt }: Resolution,
  { erased, firstResolvedAt, firstActorId }: TicketRow,
): boolean {
  if (erased) return false;
  if (firstResolvedAt === null) return true;
  const apart = resolvedAt.getTime() - firstResolvedAt.getTime();
  if (apart !== 0) return apart < 0;
  if (actorId === null) return false;
  return firstActorId === null || compareText(actorId, firstActorId) < 0;
}
