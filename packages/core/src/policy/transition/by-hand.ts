import type { FailReason } from "../../survey/survey.ts";
import { after, waiting } from "./not-sent.ts";
import { type Step, told, unchanged } from "./step.ts";
import { atRest, nothingKnown, type SurveyState, type TicketState } from "./ticket-state.ts";

/** What is stored about the ticket is to be erased. */
export interface Erased {
  readonly kind: "erased";
  readonly now: Date;
}

/** Given-up surveys are to be sent again. */
export interface Retried {
  readonly kind: "retried";
  /** Only those given up for one of these. */
  readonly reasons: readonly FailReason[];
  readonly now: Date;
}

/** Leaves a tombstone that no event changes. */
export function onErased(state: TicketState, { now }: Erased): Step<{ readonly kind: "erased" }> {
  if (state.erased) return unchanged(state, { kind: "erased" });
  return {
    state: { ...nothingKnown, erased: true },
    outcome: { kind: "erased" },
    journal: [told("erased", now)],
  };
}

/**
 * failed → scheduled, due now, with no attempts counted, unless a mail may have reached the customer or the ticket was
 * left since. The time from which lateness counts stays, so what is too old expires.
 */
export function onRetried(
  state: TicketState,
  { reasons, now }: Retried,
): Step<{ readonly kind: "not_failed" } | ReturnType<typeof waiting>> {
  const { survey, lastLeftAt } = state;
  const isAsked = survey?.status === "failed" && reasons.some((reason) => reason === survey.reason);
  if (survey === null || !isAsked || survey.mayHaveReached) return unchanged(state, { kind: "not_failed" });
  // Its leaving would have canceled it, had it been waiting still.
  if (lastLeftAt !== null && lastLeftAt >= survey.resolvedAt) return unchanged(state, { kind: "not_failed" });
  const next: SurveyState = {
    ...atRest(survey),
    status: "scheduled",
    dueAt: now,
    attempts: 0,
    putOffFor: [],
  };
  return after(state, next, {
    outcome: waiting("scheduled", next),
    journal: [told("scheduled", now, "retry_failed")],
  });
}
