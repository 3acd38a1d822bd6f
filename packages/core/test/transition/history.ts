import type { TicketState } from "../../src/policy/transition/ticket-state.ts";
import type { TicketEvent } from "../../src/policy/transition/transition.ts";

/** What the mail server knows of a ticket, told from outside the state: it is what the state has to agree with. */
export interface History {
  /** A mail of an attempt that is over arrived, or may have. */
  readonly mayHaveArrived: boolean;
  /** A worker talks to the mail server right now, under this lease. */
  readonly talking: string | null;
}

export const untold: History = { mayHaveArrived: false, talking: null };

/** What the mail server knows after a step: who began talks to it, and only a failure that took nothing undoes that. */
export function historyAfter(
  { mayHaveArrived, talking }: History,
  {
    event,
    outcome,
    state,
  }: { readonly event: TicketEvent; readonly outcome: string; readonly state: TicketState },
): History {
  if (state.survey === null) return untold;
  const isAnswered = state.survey.status === "answered";
  if (event.kind === "begun" && outcome === "begun")
    return {
      mayHaveArrived: mayHaveArrived || (talking !== null && talking !== event.leaseId),
      talking: event.leaseId,
    };
  // The host's message is taken as one that arrived.
  if (event.kind === "issued" && outcome === "issued") return { mayHaveArrived: true, talking: null };
  if (event.kind === "failed" && outcome !== "lost" && !isAnswered)
    return { mayHaveArrived: mayHaveArrived || !event.tookNothing, talking: null };
  // Whoever ends the send otherwise leaves open what became of it, or knows that it arrived.
  if (talking !== null && state.survey.status !== "sending") return { mayHaveArrived: true, talking: null };
  return { mayHaveArrived, talking };
}
