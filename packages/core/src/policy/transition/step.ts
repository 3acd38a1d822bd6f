import type { JournalEvent } from "../../survey/survey.ts";
import type { TicketState } from "./ticket-state.ts";

/** What one event makes of a ticket. Counts, cells and what is due follow from the two states. */
export interface Step<Outcome> {
  /** The very state that was given when nothing changed. */
  readonly state: TicketState;
  readonly outcome: Outcome;
  /** What `explain` will tell, in this order. Empty for a repeated event. */
  readonly journal: readonly Told[];
}

/** A line of the journal, without its ticket. */
export interface Told {
  readonly at: Date;
  readonly event: JournalEvent;
  readonly reason: string | null;
  readonly actorId: string | null;
  /** From when on the answer would be yes, or when it is asked again; left out where there is no such date. */
  readonly eligibleAt?: Date;
}

/** A line that no operator caused. */
export function told(event: JournalEvent, at: Date, reason: string | null = null): Told {
  return { at, event, reason, actorId: null };
}

/** Nothing happens. */
export function unchanged<Outcome>(state: TicketState, outcome: Outcome): Step<Outcome> {
  return { state, outcome, journal: [] };
}

// A ticket is resolved and left a few times in its life; what comes again comes soon.
const mostRemembered = 8;

/** The state that remembers this event, and whether it was told before. */
export function remember(
  state: TicketState,
  event: string,
): { readonly state: TicketState; readonly isRepeat: boolean } {
  if (state.recent.includes(event)) return { state, isRepeat: true };
  return { state: { ...state, recent: [...state.recent, event].slice(-mostRemembered) }, isRepeat: false };
}
