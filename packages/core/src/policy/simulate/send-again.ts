import { emailChannel } from "../../survey/destination.ts";
import type { PageFacts } from "../../survey/survey.ts";
import type { Begun } from "../transition/begun.ts";
import type { Accepted, Failed } from "../transition/sent.ts";
import type { SurveyState } from "../transition/ticket-state.ts";
import { atWork } from "./decide-again.ts";
import { nobody } from "./events-in.ts";
import { inStep, type RecordedDecision, type SimulatedTicket } from "./simulated-ticket.ts";

/** How a mail of a dry run ends, and whether the record goes on from there. */
export interface SendAgain {
  readonly end: Accepted | Failed;
  /** True for a failure that the record tried again. */
  readonly isTriedAgain: boolean;
}

/** What became of the mail by the record; null while the record has not ended, and may still tell. */
export function sendAgain(
  ticket: SimulatedTicket,
  { survey, now, isOver }: { readonly survey: SurveyState; readonly now: Date; readonly isOver: boolean },
): SendAgain | null {
  const at = now.getTime();
  const step = inStep(ticket, at);
  if (step !== null && (isAttempt(step) || gaveUpWith(step, ticket) !== null))
    return ended(step, { gaveUp: gaveUpWith(step, ticket), survey, now });
  if (!isOver) return null;
  // The record sent at another time, or never: how it ended then is all that is known.
  const last = ticket.ahead.findLast(isAttempt);
  if (last === undefined || last.event === "mail_failed") return accepted(survey, now);
  const before = ticket.ahead[ticket.ahead.indexOf(last) - 1];
  if (last.event === "gave_up" && before?.event === "mail_failed")
    return ended(before, { gaveUp: last, survey, now });
  return ended({ ...last, at }, { gaveUp: last.event === "gave_up" ? last : null, survey, now });
}

function ended(
  { event, at, attempt, reason }: RecordedDecision,
  {
    gaveUp,
    survey,
    now,
  }: { readonly gaveUp: RecordedDecision | null; readonly survey: SurveyState; readonly now: Date },
): SendAgain {
  if (event === "sent") return accepted(survey, new Date(Math.max(at, now.getTime())));
  return {
    end: {
      kind: "failed",
      ...atWork(survey),
      retryAt: gaveUp === null ? now : null,
      reason: isReason(gaveUp?.reason) ? gaveUp.reason : "attempts_used_up",
      tookNothing: attempt === "took_nothing",
      countsAsAttempt: true,
      error: String(reason),
      now,
    },
    isTriedAgain: gaveUp === null,
  };
}

function isReason(reason: string | null | undefined): reason is Failed["reason"] {
  return reason === "refused" || reason === "attempts_used_up";
}

function accepted(survey: SurveyState, at: Date): SendAgain {
  return { end: { kind: "accepted", ...atWork(survey), at, messageId: null }, isTriedAgain: false };
}

function isAttempt({ event, attempt }: RecordedDecision): boolean {
  return event === "sent" || event === "gave_up" || attempt !== null;
}

/** How the record gave up with its next decision; null when it did not. A survey is given up in the moment in which its last attempt failed. */
export function gaveUpWith(
  one: RecordedDecision,
  { ahead: [, next] }: SimulatedTicket,
): RecordedDecision | null {
  if (one.event === "gave_up") return one;
  return next?.event === "gave_up" ? next : null;
}

/** Nobody opens the page of a dry run. */
const noPage: PageFacts = { workspaceId: "", workspaceName: "", ticketSubject: "", locale: null };

/** The begin of a send, for the place of this customer. */
export function beginOf(
  survey: SurveyState,
  { customer, now }: { readonly customer: string | null; readonly now: Date },
): Begun {
  return {
    kind: "begun",
    ...atWork(survey),
    at: now,
    page: noPage,
    channel: survey.channel ?? emailChannel,
    // A dry run counts no parts.
    slices: [],
    customer: customer ?? survey.customer,
    recipient: nobody,
  };
}
