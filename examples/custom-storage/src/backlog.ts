import type { Backlog } from "@csat/core";
import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { databaseNow } from "./lease.ts";
import type { Rows } from "./open-sqlite.ts";
import { isDueEvent } from "./outbox.ts";
import { events, surveys } from "./schema.ts";
import { isDue } from "./surveys/claim.ts";

/** What waits and what was given up, over all workspaces. One statement, so that all counts are of one moment. */
export async function readBacklog(rows: Rows, now: Date): Promise<Backlog> {
  const leasedAt = await databaseNow(rows);
  const isDueSurvey = isDue({ now, leasedAt });
  // `filter` counts apart what one walk over the index of waiting rows finds: the builder has none.
  const countOf = (condition: SQL | undefined) => sql`count(*) filter (where ${condition})`.mapWith(Number);
  const ofSurveys = rows
    .select({
      dueSurveys: countOf(isDueSurvey).as("due_surveys"),
      oldestDueAt: sql<Date | null>`min(${surveys.dueAt}) filter (where ${isDueSurvey})`
        .mapWith(surveys.dueAt)
        .as("oldest_due_at"),
      expiredLeases: countOf(and(isDueSurvey, eq(surveys.status, "sending"))).as("expired_leases"),
      failedSurveys: countOf(eq(surveys.status, "failed")).as("failed_surveys"),
    })
    .from(surveys)
    .where(inArray(surveys.status, ["scheduled", "sending", "failed"]))
    .as("of_surveys");
  const ofEvents = rows
    .select({
      dueEvents: countOf(isDueEvent({ now, leasedAt })).as("due_events"),
      deadEvents: countOf(eq(events.dead, true)).as("dead_events"),
    })
    .from(events)
    .where(or(isNotNull(events.wakeAt), eq(events.dead, true)))
    .as("of_events");
  const [backlog] = await rows
    .select({
      dueSurveys: ofSurveys.dueSurveys,
      oldestDueAt: ofSurveys.oldestDueAt,
      expiredLeases: ofSurveys.expiredLeases,
      failedSurveys: ofSurveys.failedSurveys,
      dueEvents: ofEvents.dueEvents,
      deadEvents: ofEvents.deadEvents,
    })
    .from(ofSurveys)
    .innerJoin(ofEvents, sql`true`);
  if (backlog === undefined) throw new Error("SQLite counted nothing.");
  return backlog;
}
