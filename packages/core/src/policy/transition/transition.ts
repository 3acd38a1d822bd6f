import { type Answered, type AnsweredElsewhere, onAnswered, onAnsweredElsewhere } from "./answered.ts";
import { type Begun, onBegun } from "./begun.ts";
import { type Erased, onErased, onRetried, type Retried } from "./by-hand.ts";
import { type Excluded, onExcluded, onRestored, type Restored } from "./excluded.ts";
import { type Issued, onIssued } from "./issued.ts";
import { type Left, onLeft } from "./left.ts";
import { type LeftOut, type LetIn, onLeftOut, onLetIn } from "./left-out.ts";
import { type GaveUp, onGaveUp, onPutOff, onSkipped, type PutOff, type Skipped } from "./not-sent.ts";
import { onReported, type Reported } from "./reported.ts";
import { onResolved, type Resolved } from "./resolved.ts";
import { type Accepted, type Failed, onAccepted, onFailed } from "./sent.ts";
import type { Step } from "./step.ts";
import type { TicketState } from "./ticket-state.ts";

/** What every kind of event does to a ticket, one function each. */
export const transitions = {
  resolved: onResolved,
  left: onLeft,
  left_out: onLeftOut,
  let_in: onLetIn,
  begun: onBegun,
  skipped: onSkipped,
  put_off: onPutOff,
  gave_up: onGaveUp,
  accepted: onAccepted,
  failed: onFailed,
  answered: onAnswered,
  answered_elsewhere: onAnsweredElsewhere,
  excluded: onExcluded,
  restored: onRestored,
  issued: onIssued,
  reported: onReported,
  erased: onErased,
  retried: onRetried,
} as const;

/** Everything that can happen to a ticket. */
export type TicketEvent =
  | Resolved
  | Left
  | LeftOut
  | LetIn
  | Begun
  | Skipped
  | PutOff
  | GaveUp
  | Accepted
  | Failed
  | Answered
  | AnsweredElsewhere
  | Excluded
  | Restored
  | Issued
  | Reported
  | Erased
  | Retried;

/** What an event of this kind answers. */
export type OutcomeOf<Event extends TicketEvent> = ReturnType<(typeof transitions)[Event["kind"]]>["outcome"];

/**
 * What an event does to a ticket. Total and pure: it may run again on what somebody else has written meanwhile, and the
 * same event again changes nothing.
 */
export function transition<Event extends TicketEvent>(
  state: TicketState,
  event: Event,
): Step<OutcomeOf<Event>> {
  // Each kind stands in the table beside the function for events of that kind.
  const step = transitions[event.kind] as (state: TicketState, event: Event) => Step<OutcomeOf<Event>>;
  return step(state, event);
}
