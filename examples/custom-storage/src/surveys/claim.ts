import type { Claimed, ClaimRef, ClaimRequest, Survey } from "@csat/core";
import { and, asc, eq, inArray, isNull, lte, or, type SQL } from "drizzle-orm";
import { fairly, isAskedFor } from "../due.ts";
import { databaseNow, newLease } from "../lease.ts";
import type { Rows } from "../open-sqlite.ts";
import { surveys } from "../schema.ts";
import {
  armedAgain,
  atRest,
  readSurveysById,
  rememberedBy,
  remembering,
  type SurveyRow,
  saveSurveys,
  toSurvey,
} from "../survey-row.ts";

/** Leases due surveys to one worker. */
export async function claimDue(rows: Rows, claim: ClaimRequest): Promise<readonly Claimed<Survey>[]> {
  const leasedAt = await databaseNow(rows);
  const generation = claim.only?.generation;
  const isWanted = and(
    isDue({ now: claim.now, leasedAt }),
    isAskedFor(surveys, claim),
    generation === undefined ? undefined : eq(surveys.generation, generation),
  );
  const queue = fairly({ rows, table: surveys, dueAt: surveys.dueAt, isWanted, limit: claim.limit });
  const due = await rows
    .select({ survey: surveys })
    .from(surveys)
    .innerJoin(queue, and(eq(queue.workspaceId, surveys.workspaceId), eq(queue.id, surveys.id)))
    .orderBy(asc(queue.place), asc(surveys.dueAt));
  const claimed = due.map(({ survey }) => ({
    resumed: survey.status === "sending",
    survey: leased(survey, { now: claim.now, ...newLease({ from: leasedAt, forMs: claim.leaseForMs }) }),
  }));
  await saveSurveys(
    rows,
    claimed.map(({ survey }) => survey),
  );
  return claimed.map(({ survey, resumed }) => ({ row: toSurvey(survey), leaseId: survey.leaseId, resumed }));
}

/** Scheduled and due, or sending by somebody whose lease has ended on the database's clock; no other status, known or not. */
export function isDue({ now, leasedAt }: { readonly now: Date; readonly leasedAt: Date }): SQL | undefined {
  return and(
    inArray(surveys.status, ["scheduled", "sending"]),
    lte(surveys.dueAt, now),
    or(eq(surveys.status, "scheduled"), isNull(surveys.leaseUntil), lte(surveys.leaseUntil, leasedAt)),
  );
}

function leased(
  survey: SurveyRow,
  { now, leaseId, leaseUntil }: { readonly now: Date; readonly leaseId: string; readonly leaseUntil: Date },
): SurveyRow & { readonly leaseId: string } {
  // A resolution known before the claim is no news to it; one that came during a crashed send still is.
  const known = survey.status === "sending" ? survey : remembering(survey, null);
  return { ...known, status: "sending", leaseId, leaseUntil, claimedAt: now, begun: false };
}

/** Gives back what was claimed and not begun. A lost lease is passed over. */
export async function release(rows: Rows, claims: readonly ClaimRef[]): Promise<void> {
  const found = await readSurveysById(rows, claims);
  const held = found.filter((survey) => !survey.begun && claims.some((claim) => isHeldBy(survey, claim)));
  await saveSurveys(rows, held.map(givenBack));
}

/** The survey that this claim is sending; undefined when somebody else has claimed it or it is not sending any more. */
export async function heldSurvey(rows: Rows, claim: ClaimRef): Promise<SurveyRow | undefined> {
  const [survey] = await readSurveysById(rows, [claim]);
  return survey !== undefined && isHeldBy(survey, claim) ? survey : undefined;
}

function isHeldBy(survey: SurveyRow, claim: ClaimRef): boolean {
  return (
    survey.status === "sending" &&
    survey.leaseId === claim.leaseId &&
    survey.id === claim.id &&
    survey.workspaceId === claim.workspaceId
  );
}

function givenBack(survey: SurveyRow): SurveyRow {
  const later = rememberedBy(survey);
  if (survey.leftReason === null) {
    return { ...remembering(atRest(survey), later), status: "scheduled", leaseId: null };
  }
  // What is remembered is later than the leaving, or the leaving had dropped it.
  if (later !== null && !survey.mayHaveReached) return armedAgain(survey, later);
  return { ...atRest(survey), status: "canceled", reason: survey.leftReason };
}
