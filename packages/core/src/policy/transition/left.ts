import type { LeaveReason } from "../../survey/survey.ts";
import { remember, type Step, told, unchanged } from "./step.ts";
import { armedAgain, atRest, type SurveyState, type TicketState } from "./ticket-state.ts";

/** A ticket was reopened, closed or merged at `at`. */
export interface Left {
  readonly kind: "left";
  readonly at: Date;
  readonly reason: LeaveReason;
  readonly now: Date;
}

/** `too_late`: the send is under way or done. `rearmed` stands where a later resolution was known already. */
export type OnLeft =
  | {
      readonly kind: "canceled";
      readonly surveyId: string;
      readonly generation: number;
      readonly rearmed?: { readonly generation: number; readonly dueAt: Date };
    }
  | { readonly kind: "too_late" | "nothing_pending" };

/**
 * Cancels what waits. Leavings are ordered by `at`, not by arrival: one older than the resolution that armed the survey
 * cancels nothing, and where a later resolution is known, the survey is armed from that.
 */
export function onLeft(before: TicketState, event: Left): Step<OnLeft> {
  if (before.erased) return unchanged(before, { kind: "nothing_pending" });
  const { at, reason, now } = event;
  const { state, isRepeat } = remember(noted(before, at), `left ${at.getTime()} ${reason}`);
  const { survey, outcome } = leave(state.survey, event);
  const journal = isRepeat ? [] : [told("left", at, reason)];
  if (outcome.kind === "too_late" && !isRepeat) journal.push(told("too_late_to_cancel", now, reason));
  if (outcome.kind === "canceled") {
    journal.push(told("canceled", now, reason));
    if (outcome.rearmed !== undefined) journal.push(told("scheduled", now, "resolved_again"));
  }
  return { state: survey === state.survey ? state : { ...state, survey }, outcome, journal };
}

interface After {
  readonly survey: SurveyState | null;
  readonly outcome: OnLeft;
}

function leave(survey: SurveyState | null, event: Left): After {
  const { status, resolvedAt } = survey ?? {};
  // A leaving older than the resolution that armed it is stale news.
  const isStale = resolvedAt !== undefined && event.at < resolvedAt;
  if (survey === null || ((status === "scheduled" || status === "sending") && isStale))
    return { survey, outcome: { kind: "nothing_pending" } };
  if (status === "scheduled") return cancel(survey, event);
  if (status === "sending") return { survey: leftDuringSend(survey, event), outcome: { kind: "too_late" } };
  return {
    survey,
    outcome: { kind: status === "sent" || status === "answered" ? "too_late" : "nothing_pending" },
  };
}

function cancel(survey: SurveyState, { at, reason, now }: Left): After {
  const { id: surveyId, generation, remembered, mayHaveReached } = survey;
  // A survey that waits for another attempt may have reached the customer already; then no resolution mails again.
  if (remembered !== null && remembered.resolvedAt > at && !mayHaveReached) {
    const next = armedAgain(survey, { ...remembered, now });
    const rearmed = { generation: next.generation, dueAt: next.dueAt };
    return { survey: next, outcome: { kind: "canceled", surveyId, generation, rearmed } };
  }
  return {
    survey: { ...atRest(survey), status: "canceled", reason },
    outcome: { kind: "canceled", surveyId, generation },
  };
}

/** The send goes on; how it ends decides what the leaving means. Only the latest one counts. */
function leftDuringSend(survey: SurveyState, { at, reason }: Left): SurveyState {
  const { leftMeanwhile, remembered } = survey;
  if (leftMeanwhile !== null && at <= leftMeanwhile.at) return survey;
  return {
    ...survey,
    leftMeanwhile: { at, reason },
    remembered: remembered !== null && remembered.resolvedAt > at ? remembered : null,
  };
}

function noted(state: TicketState, at: Date): TicketState {
  return state.lastLeftAt !== null && at <= state.lastLeftAt ? state : { ...state, lastLeftAt: at };
}
