import { compareText, type Resolution, type ResolutionStore } from "@csat/core";
import type { Access } from "./access.ts";
import { saveSurvey, surveyOf } from "./survey-row.ts";
import { type Tables, ticketKey, ticketOf } from "./tables.ts";

/** Who resolved each ticket first. */
export function resolutionStore({ write }: Access): ResolutionStore {
  return { record: write(record) };
}

function record(tables: Tables, resolutions: readonly Resolution[]): void {
  for (const resolution of resolutions) {
    const ticket = ticketOf(tables, resolution);
    if (ticket.erased) continue;
    if (ticket.firstResolution !== null && !isEarlier(resolution, ticket.firstResolution)) continue;
    tables.tickets.set(ticketKey(ticket), { ...ticket, firstResolution: resolution });

    // Counts are read from the surveys, so they move with this.
    const survey = surveyOf(tables, ticket);
    if (survey !== undefined) saveSurvey(tables, { ...survey, resolvedBy: resolution.actorId });
  }
}

/** By event time; of equal times the smaller actor id, and an automation last. */
function isEarlier(one: Resolution, other: Resolution): boolean {
  const apart = one.resolvedAt.getTime() - other.resolvedAt.getTime();
  if (apart !== 0) return apart < 0;
  if (one.actorId === null) return false;
  return other.actorId === null || compareText(one.actorId, other.actorId) < 0;
}
