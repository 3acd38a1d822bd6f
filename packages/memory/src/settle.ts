import type { ClaimRef, FailReason, PageFacts, SendFailure, SettleOutcome, SkipReason } from "@csat/core";
import { heldSurvey } from "./claim.ts";
import type { SurveyRow } from "./rows.ts";
import { armedAgain, atRest, saveSurvey, surveyById } from "./survey-row.ts";
import { type Tables, ticketKey } from "./tables.ts";

/** The last step before the mail server. False when the lease was lost or has run out. */
export function beginSend(
  tables: Tables,
  claim: ClaimRef,
  send: {
    readonly tokenHash: string;
    readonly page: PageFacts;
    readonly leaseForMs: number;
    readonly begunAt?: Date;
  },
): boolean {
  const survey = heldSurvey(tables, claim);
  const leasedAt = tables.leaseClock.now();
  if (survey === undefined || survey.leaseUntil === null || survey.leaseUntil <= leasedAt) return false;
  tables.ticketOfToken.set(send.tokenHash, ticketKey(survey));
  saveSurvey(tables, {
    ...survey,
    tokenHashes: [...survey.tokenHashes, send.tokenHash],
    page: send.page,
    attempts: survey.attempts + 1,
    begun: true,
    sendBegunAt: send.begunAt ?? survey.claimedAt,
    reachedBefore: survey.mayHaveReached,
    mayHaveReached: true,
    leaseUntil: new Date(leasedAt.getTime() + send.leaseForMs),
  });
  return true;
}

/** The mail server took it. */
export function markSent(
  tables: Tables,
  done: ClaimRef & { readonly sentAt: Date; readonly messageId: string | null },
): SettleOutcome {
  const survey = heldSurvey(tables, done);
  if (survey === undefined) return afterAnAnswer(tables, done);
  const { sentAt, messageId } = done;
  return settled(tables, { ...atRest(survey), status: "sent", sentAt, messageId, lastError: null });
}

/** The fresh check said no. */
export function markSkipped(tables: Tables, done: ClaimRef & { readonly reason: SkipReason }): SettleOutcome {
  const survey = heldSurvey(tables, done);
  if (survey === undefined) return afterAnAnswer(tables, done);
  if (survey.remembered !== null && !survey.mayHaveReached) return rearmed(tables, survey);
  return settled(tables, { ...atRest(survey), status: "skipped", reason: done.reason });
}

/** The attempt failed, or was put off before it began. */
export function markFailed(tables: Tables, failure: SendFailure): SettleOutcome {
  const held = heldSurvey(tables, failure);
  if (held === undefined) return afterAnAnswer(tables, failure);
  const survey: SurveyRow = { ...afterAttempt(held, failure), lastError: failure.error };
  const { leftMeanwhile, remembered, mayHaveReached } = survey;
  const { retryAt } = failure;

  if (remembered !== null && !mayHaveReached) return rearmed(tables, survey);
  if (retryAt === null) {
    const reason: FailReason = failure.reason ?? (mayHaveReached ? "indeterminate" : "refused");
    return settled(tables, { ...atRest(survey), status: "failed", reason });
  }
  if (leftMeanwhile !== null) {
    return settled(tables, { ...atRest(survey), status: "canceled", reason: leftMeanwhile.reason });
  }
  // `firstDueAt` stays: lateness counts from there, however often it is tried.
  return settled(tables, { ...atRest(survey), status: "scheduled", dueAt: retryAt });
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
function afterAnAnswer(tables: Tables, claim: ClaimRef): SettleOutcome {
  const survey = surveyById(tables, claim);
  return survey?.status === "answered" && survey.leaseId === claim.leaseId ? "done" : "lost_lease";
}

function rearmed(tables: Tables, survey: SurveyRow): SettleOutcome {
  if (survey.remembered !== null) saveSurvey(tables, armedAgain(survey, survey.remembered));
  return "rearmed";
}

function settled(tables: Tables, survey: SurveyRow): SettleOutcome {
  saveSurvey(tables, survey);
  return "done";
}
