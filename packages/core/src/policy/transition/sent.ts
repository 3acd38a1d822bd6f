import type { FailReason } from "../../survey/survey.ts";
import { type AtWork, type Lost, type Sending, sendOf } from "./at-work.ts";
import { after, cameBack, canceled, failed, type OnNotSent, rearmed, waiting } from "./not-sent.ts";
import { bounced } from "./reported.ts";
import { type Step, told, unchanged } from "./step.ts";
import { armedAgain, atRest, outage, type SurveyState, saidOf, type TicketState } from "./ticket-state.ts";

/** The mail server took the mail. */
export interface Accepted extends AtWork {
  readonly kind: "accepted";
  readonly at: Date;
  /** The header as sent; null when unknown. */
  readonly messageId: string | null;
}

/** An attempt failed. */
export interface Failed extends AtWork {
  readonly kind: "failed";
  /** When to try again; null gives up. */
  readonly retryAt: Date | null;
  /** Why it is given up, unless a mail may have arrived. */
  readonly reason: Exclude<FailReason, "indeterminate" | "bounced">;
  /** True when the server certainly took nothing. */
  readonly tookNothing: boolean;
  /** False for what is not this mail's fault (an outage, a bad login): it burns no attempt. */
  readonly countsAsAttempt: boolean;
  /** A short cause without personal data. */
  readonly error: string;
  readonly now: Date;
}

/** sending → sent. One answered meanwhile stays answered; a sender that lost its lease changes nothing. */
export function onAccepted(
  state: TicketState,
  event: Accepted,
): Step<Lost | { readonly kind: "sent" | "answered" }> {
  if (state.survey?.status === "answered") return unchanged(state, { kind: "answered" });
  const survey = sendOf(state, event);
  if (survey === null) return unchanged(state, { kind: "lost" });
  const { at: sentAt, messageId } = event;
  // It came back before we heard that it was taken.
  if (survey.bounce !== null)
    return after(state, bounced({ ...survey, messageId }), {
      outcome: { kind: "sent" },
      journal: [told("bounced", sentAt, survey.bounce.status)],
    });
  const next: SurveyState = {
    ...atRest(survey),
    status: "sent",
    sentAt,
    messageId,
    putOffFor: [],
    lastError: null,
  };
  return after(state, next, { outcome: { kind: "sent" }, journal: [told("sent", sentAt, survey.channel)] });
}

/**
 * sending → scheduled at `retryAt`, or failed when there is none; `indeterminate` if a mail may have arrived. Canceled instead of retried when the ticket was left
 * meanwhile. Armed anew, unless a mail may have arrived, from a resolution that followed such a leaving, and from any
 * that came during a send when no attempt is left.
 */
export function onFailed(state: TicketState, event: Failed): Step<OnNotSent | { readonly kind: "answered" }> {
  if (state.survey?.status === "answered") return unchanged(state, { kind: "answered" });
  const held = sendOf(state, event);
  if (held === null) return unchanged(state, { kind: "lost" });
  const { retryAt, reason, countsAsAttempt, error, now } = event;
  const survey = afterAttempt(held, event);
  const { leftMeanwhile, remembered, mayHaveReached } = survey;
  const isNews = countsAsAttempt || !held.putOffFor.includes(outage);
  const journal = isNews ? [told("mail_failed", now, error)] : [];
  // Whatever the server said then: a mail of this survey came back.
  if (survey.bounce !== null && mayHaveReached)
    return cameBack(state, survey, { bounce: survey.bounce, journal, now });
  const counts =
    remembered !== null && (leftMeanwhile !== null || (retryAt === null && remembered.duringSend));
  if (counts && !mayHaveReached)
    return rearmed(state, armedAgain(survey, { ...remembered, now }), { journal, now });
  if (retryAt === null)
    return failed(state, survey, { reason: mayHaveReached ? "indeterminate" : reason, journal, now });
  if (leftMeanwhile !== null) return canceled(state, survey, { reason: leftMeanwhile.reason, journal, now });
  // `firstDueAt` stays: lateness counts from there, however often it is tried.
  const next: SurveyState = { ...survey, status: "scheduled", begun: null, dueAt: retryAt };
  return after(state, next, { outcome: waiting("scheduled", next), journal });
}

function afterAttempt(survey: Sending, { tookNothing, countsAsAttempt, error }: Failed): SurveyState {
  const { reachedBefore, begunBefore } = survey.begun;
  return {
    ...survey,
    attempts: countsAsAttempt ? survey.attempts : survey.attempts - 1,
    mayHaveReached: tookNothing ? reachedBefore : survey.mayHaveReached,
    // Of two attempts the one counts that may have arrived.
    sendBegunAt: tookNothing && reachedBefore ? (begunBefore ?? survey.sendBegunAt) : survey.sendBegunAt,
    putOffFor: countsAsAttempt ? [] : saidOf(survey, outage),
    lastError: error,
  };
}
