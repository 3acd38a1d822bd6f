import type { SkipReason } from "../../survey/survey.ts";
import { nothingKnown, type SurveyState, type TicketState } from "../transition/ticket-state.ts";
import type { Recorded, RecordedCustomer } from "./recorded.ts";

/** A ticket of which something is pending, in the dry run or in the record, or was a short while ago. */
export interface SimulatedTicket {
  readonly id: string;
  /** What this run made of it. */
  state: TicketState;
  /** Whose place its surveys take; null while nobody knows. */
  customer: string | null;
  /** Entries of the queue that are about it. */
  queued: number;
  /** The entry of the queue that is its turn; 0 for none. */
  turn: number;
  /** Goes on when the record does: what held it up is none of the policy's business. */
  isHeld: boolean;
  /** Is decided on when the record has ended: what became of its mail is not known before. */
  needsEnd: boolean;
  /** Decisions on this arming: a rule may put off for ever. */
  decisions: number;
  /** True while the record has a survey that waits or is being sent. */
  isOpen: boolean;
  /** Until when the record says how that goes on, unless it is silent about it. */
  expectedBy: number;
  /** What the record said to resolutions that may tell of the time before this run, and when. */
  saidNo: readonly { readonly at: number; readonly reason: string | null }[];
  /** This run has read that a survey was armed; has left it out or let it in. */
  hasArmed: boolean;
  hasChoice: boolean;
  /** When the host asked for links last: lines of that moment are about those. */
  linksAt: number | null;
  /** What the record decided and this run has not passed yet, oldest first. */
  readonly ahead: RecordedDecision[];
  /** What the latest one that was passed knew of the ticket. */
  known: KnownOfTicket | null;
}

/** A recorded end of a try to send. */
export interface RecordedDecision {
  readonly at: number;
  /** Of its line, from the first that was read. */
  readonly number: number;
  readonly event: Recorded["event"];
  readonly reason: string | null;
  readonly attempt: "took_nothing" | "may_have_arrived" | null;
  readonly known: KnownOfTicket | null;
}

/** What the host said of a ticket when it was decided on. */
export interface KnownOfTicket {
  /** Null where a check came first. */
  readonly customer: RecordedCustomer | null;
  readonly check: HostCheck | null;
}

const hostChecks = [
  "ticket_not_found",
  "ticket_not_resolved",
  "no_channel",
  "no_customer_email",
  "no_customer_address",
] as const;

/** A no that only the host can know of. */
export type HostCheck = Extract<SkipReason, (typeof hostChecks)[number]>;

/** One that nothing was told of. */
export function newTicket(id: string, state: TicketState = nothingKnown): SimulatedTicket {
  return {
    id,
    state,
    customer: null,
    queued: 0,
    turn: 0,
    isHeld: false,
    needsEnd: false,
    decisions: 0,
    isOpen: false,
    expectedBy: 0,
    saidNo: [],
    hasArmed: false,
    hasChoice: false,
    linksAt: null,
    ahead: [],
    known: null,
  };
}

/** The decision in a line. */
export function decisionIn(line: Recorded, number: number): RecordedDecision {
  const { event, reason, facts } = line;
  const customer = facts?.customer ?? null;
  const check = event === "skipped" ? (hostChecks.find((name) => name === reason) ?? null) : null;
  return {
    at: line.at.getTime(),
    number,
    event,
    reason,
    attempt: facts?.attempt ?? null,
    known: customer === null && check === null ? null : { customer, check },
  };
}

/** Leaves what the record decided before that time behind. */
export function passUntil(ticket: SimulatedTicket, at: number): void {
  const { ahead } = ticket;
  const count = ahead.findIndex((decision) => decision.at >= at);
  for (const { known } of ahead.splice(0, count === -1 ? ahead.length : count))
    ticket.known = known ?? ticket.known;
}

// The sweep finds what its wake-up lost within a minute, and a batch takes some time.
const inStepMs = 120_000;

/** The record's decision at about the same time; null where the record went another way. */
export function inStep({ ahead: [first] }: SimulatedTicket, at: number): RecordedDecision | null {
  return first !== undefined && first.at - at <= inStepMs ? first : null;
}

/** What is known of it at best: by the next decision that knows something, else by the latest. */
export function knownOf({ ahead, known }: SimulatedTicket): KnownOfTicket | null {
  return ahead.find((decision) => decision.known !== null)?.known ?? known;
}

/** True when the survey waits. */
export function isWaiting({ state: { survey } }: SimulatedTicket): boolean {
  return survey?.status === "scheduled";
}

/** True when no other mail may follow. */
export function isUsedUp(survey: SurveyState | null): boolean {
  if (survey === null) return false;
  const { status, mayHaveReached } = survey;
  return status === "sent" || status === "answered" || (mayHaveReached && status !== "scheduled");
}
