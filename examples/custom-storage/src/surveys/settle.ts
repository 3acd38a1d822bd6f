import type { ClaimRef, FailReason, PageFacts, SendFailure, SettleOutcome, SkipReason } from "@csat/core";
import { databaseNow } from "../lease.ts";
import type { Rows } from "../open-sqlite.ts";
import { tokens } from "../schema.ts";
import {
  armedAgain,
  atRest,
  readSurveysById,
  rememberedBy,
  type SurveyRow,
  saveSurveys,
} from "../survey-row.ts";
import { heldSurvey } from "./claim.ts";

/** The last step before the mail server. False when the lease was lost or has run out. */
export async function beginSend(
  rows: Rows,
  claim: ClaimRef,
  send: {
    readonly tokenHash: string;
    readonly page: PageFacts;
    readonly leaseForMs: number;
    readonly begunAt?: Date;
  },
): Promise<boolean> {
  const survey = await heldSurvey(rows, claim);
  const leasedAt = await databaseNow(rows);
  if (survey === undefined || survey.leaseUntil === null || survey.leaseUntil <= leasedAt) return false;
  const { workspaceId, ticketId } = survey;
  await rows.insert(tokens).values({ tokenHash: send.tokenHash, workspaceId, ticketId });
  await saveSurveys(rows, [
    {
      ...survey,
      page: send.page,
      attempts: survey.attempts + 1,
      begun: true,
      sendBegunAt: send.begunAt ?? survey.claimedAt,
      reachedBefore: survey.mayHaveReached,
      mayHaveReached: true,
      leaseUntil: new Date(leasedAt.getTime() + send.leaseForMs),
    },
  ]);
  return true;
}

/** The mail server took it. */
export async function markSent(
  rows: Rows,
  done: ClaimRef & { readonly sentAt: Date; readonly messageId: string | null },
): Promise<SettleOutcome> {
  const survey = await heldSurvey(rows, done);
  if (survey === undefined) return afterAnAnswer(rows, done);
  const { sentAt, messageId } = done;
  return settled(rows, { ...atRest(survey), status: "sent", sentAt, messageId, lastError: null });
}

/** The fresh check said no. */
export async function markSkipped(
  rows: Rows,
  done: ClaimRef & { readonly reason: SkipReason },
): Promise<SettleOutcome> {
  const survey = await heldSurvey(rows, done);
  if (survey === undefined) return afterAnAnswer(rows, done);
  return rearmedOr(rows, survey, { ...atRest(survey), status: "skipped", reason: done.reason });
}

/** The attempt failed, or was put off before it began. */
export async function markFailed(rows: Rows, failure: SendFailure): Promise<SettleOutcome> {
  const held = await heldSurvey(rows, failure);
  if (held === undefined) return afterAnAnswer(rows, failure);
  const survey: SurveyRow = { ...afterAttempt(held, failure), lastError: failure.error };
  return rearmedOr(rows, survey, failed(survey, failure));
}

function failed(survey: SurveyRow, { retryAt, reason }: SendFailure): SurveyRow {
  if (retryAt === null) {
    const why: FailReason = reason ?? (survey.mayHaveReached ? "indeterminate" : "refused");
    return { ...atRest(survey), status: "failed", reason: why };
  }
  if (survey.leftReason !== null) {
    return { ...atRest(survey), status: "canceled", reason: survey.leftReason };
  }
  // `firstDueAt` stays: lateness counts from there, however often it is tried.
  return { ...atRest(survey), status: "scheduled", dueAt: retryAt };
}

/** What the attempt leaves behind; nothing when it had not begun. */
function afterAttempt(survey: SurveyRow, { refused, countsAsAttempt }: SendFailure): SurveyRow {
  if (!survey.begun) return survey;
  return {
    ...survey,
    attempts: countsAsAttempt ? survey.attempts : survey.attempts - 1,
    mayHaveReached: refused ? survey.reachedBefore : survey.mayHaveReached,
  };
}

/** An answer that came during the send ended it: its sender is done and changes nothing. Anybody else came too late. */
async function afterAnAnswer(rows: Rows, claim: ClaimRef): Promise<SettleOutcome> {
  const [survey] = await readSurveysById(rows, [claim]);
  return survey?.status === "answered" && survey.leaseId === claim.leaseId ? "done" : "lost_lease";
}

/** A later resolution arms the survey once more, unless a mail may have arrived; else `ended` is how it stands. */
function rearmedOr(rows: Rows, survey: SurveyRow, ended: SurveyRow): Promise<SettleOutcome> {
  const later = rememberedBy(survey);
  if (later === null || survey.mayHaveReached) return settled(rows, ended);
  return settled(rows, armedAgain(survey, later), "rearmed");
}

async function settled(
  rows: Rows,
  survey: SurveyRow,
  outcome: SettleOutcome = "done",
): Promise<SettleOutcome> {
  await saveSurveys(rows, [survey]);
  return outcome;
}
