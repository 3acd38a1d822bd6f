import type { Backlog } from "@csat/core";
import { isClaimable } from "./claim.ts";
import { isDead, isDueEvent } from "./outbox.ts";
import type { Tables } from "./tables.ts";

/** What waits and what was given up, over all workspaces. */
export function backlog(tables: Tables, now: Date): Backlog {
  const leasedAt = tables.leaseClock.now();
  const dueSurveys = tables.unfinished.rows().filter((survey) => isClaimable(survey, { now, leasedAt }));
  const oldestFirst = dueSurveys
    .map(({ dueAt }) => dueAt)
    .toSorted((one, other) => one.getTime() - other.getTime());
  const events = tables.events.rows();
  return {
    dueSurveys: dueSurveys.length,
    oldestDueAt: oldestFirst[0] ?? null,
    expiredLeases: dueSurveys.filter(({ status }) => status === "sending").length,
    failedSurveys: tables.surveys.rows().filter(({ status }) => status === "failed").length,
    dueEvents: events.filter((row) => isDueEvent(row, { now, leasedAt })).length,
    deadEvents: events.filter(({ event }) => isDead(event)).length,
  };
}
