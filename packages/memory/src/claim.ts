import type { Claimed, ClaimRef, ClaimRequest, Survey } from "@csat/core";
import { inFairOrder } from "./fair-order.ts";
import type { SurveyRow } from "./rows.ts";
import { armedAgain, atRest, saveSurvey, surveyById, toSurvey } from "./survey-row.ts";
import type { Tables } from "./tables.ts";

/** Leases due surveys to one worker. */
export function claimDue(tables: Tables, claim: ClaimRequest): readonly Claimed<Survey>[] {
  const leasedAt = tables.leaseClock.now();
  const due = candidates(tables, claim).filter(
    (survey) => isAskedFor(survey, claim) && isClaimable(survey, { now: claim.now, leasedAt }),
  );
  return inFairOrder(due)
    .slice(0, Math.max(0, claim.limit))
    .map((survey) => {
      const resumed = survey.status === "sending";
      const leaseId = crypto.randomUUID();
      const claimed: SurveyRow = {
        ...survey,
        status: "sending",
        leaseId,
        leaseUntil: new Date(leasedAt.getTime() + claim.leaseForMs),
        claimedAt: claim.now,
        begun: false,
        // A resolution known before the claim is no news to it; one that came during a crashed send still is.
        remembered: resumed ? survey.remembered : null,
      };
      saveSurvey(tables, claimed);
      return { row: toSurvey(claimed), leaseId, resumed };
    });
}

/** Scheduled and due, or sending by somebody whose lease has ended on the storage's own clock. */
export function isClaimable(
  survey: SurveyRow,
  { now, leasedAt }: { readonly now: Date; readonly leasedAt: Date },
): boolean {
  if (survey.dueAt > now) return false;
  if (survey.status === "scheduled") return true;
  return survey.status === "sending" && (survey.leaseUntil === null || survey.leaseUntil <= leasedAt);
}

/** Gives back what was claimed and not begun. */
export function release(tables: Tables, claims: readonly ClaimRef[]): void {
  for (const claim of claims) {
    const survey = heldSurvey(tables, claim);
    if (survey === undefined || survey.begun) continue;
    saveSurvey(tables, givenBack(survey));
  }
}

/** The survey that this claim is sending; undefined when somebody else has claimed it or it is not sending any more. */
export function heldSurvey(tables: Tables, claim: ClaimRef): SurveyRow | undefined {
  const survey = surveyById(tables, claim);
  return survey?.status === "sending" && survey.leaseId === claim.leaseId ? survey : undefined;
}

function givenBack(survey: SurveyRow): SurveyRow {
  const { leftMeanwhile, remembered } = survey;
  if (leftMeanwhile === null) return { ...atRest(survey), status: "scheduled", leaseId: null, remembered };
  // What is remembered is later than the leaving, or the leaving had dropped it.
  if (remembered !== null && !survey.mayHaveReached) return armedAgain(survey, remembered);
  return { ...atRest(survey), status: "canceled", reason: leftMeanwhile.reason };
}

/** All that may be due; for a wake-up that names a survey that one alone, so that it costs no look at the others. */
function candidates(tables: Tables, { only }: ClaimRequest): readonly SurveyRow[] {
  if (only === undefined) return tables.unfinished.rows();
  const named = surveyById(tables, only);
  return named === undefined ? [] : [named];
}

function isAskedFor(survey: SurveyRow, { only, exceptWorkspaces }: ClaimRequest): boolean {
  if (exceptWorkspaces?.includes(survey.workspaceId) === true) return false;
  return only?.generation === undefined || only.generation === survey.generation;
}
