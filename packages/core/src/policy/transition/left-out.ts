import { type Step, told, unchanged } from "./step.ts";
import { atRest, type SurveyState, type TicketState } from "./ticket-state.ts";

/** An operator wants this ticket's customer not to be asked. */
export interface LeftOut {
  readonly kind: "left_out";
  readonly actorId: string | null;
  readonly now: Date;
}

/** An operator takes that back. */
export interface LetIn extends Omit<LeftOut, "kind"> {
  readonly kind: "let_in";
}

/** `too_late`: the send is under way or done. `canceled` names the survey that waited, if one did. */
export type OnLeftOut =
  | {
      readonly kind: "left_out";
      readonly canceled: { readonly surveyId: string; readonly generation: number } | null;
    }
  | { readonly kind: "too_late" };

/**
 * Cancels what waits, and stays until the ticket is let in. A send under way goes on, and no other follows it should it
 * reach nobody. For a ticket that is erased, nothing changes.
 */
export function onLeftOut(before: TicketState, { actorId, now }: LeftOut): Step<OnLeftOut> {
  const { survey } = before;
  if (before.erased) return unchanged(before, { kind: "left_out", canceled: null });
  const line = { ...told("left_out", now), actorId };
  const state: TicketState = before.isLeftOut ? before : { ...before, isLeftOut: true };
  const journal = before.isLeftOut ? [] : [line];
  if (survey?.status === "scheduled") {
    const canceled: SurveyState = { ...atRest(survey), status: "canceled", reason: "left_out" };
    const { id: surveyId, generation } = survey;
    return {
      state: { ...state, survey: canceled },
      outcome: { kind: "left_out", canceled: { surveyId, generation } },
      journal: [...journal, told("canceled", now, "left_out")],
    };
  }
  const isTooLate =
    survey?.status === "sending" || survey?.status === "sent" || survey?.status === "answered";
  return { state, outcome: isTooLate ? { kind: "too_late" } : { kind: "left_out", canceled: null }, journal };
}

/** Schedules nothing: the next resolution does. */
export function onLetIn(state: TicketState, { actorId, now }: LetIn): Step<{ readonly kind: "let_in" }> {
  if (!state.isLeftOut) return unchanged(state, { kind: "let_in" });
  return {
    state: { ...state, isLeftOut: false },
    outcome: { kind: "let_in" },
    journal: [{ ...told("let_in", now), actorId }],
  };
}
