import { type CustomerState, customerAfter } from "../policy/ask/customer-state.ts";
import { cellsOf, deltasBetween, dueAfter, notAskedOf } from "../policy/transition/consequences.ts";
import type { Told } from "../policy/transition/step.ts";
import type { TicketState } from "../policy/transition/ticket-state.ts";
import { type OutcomeOf, type TicketEvent, transition } from "../policy/transition/transition.ts";
import type { AnswerChange, Change } from "../ports/store/change.ts";
import type { Head, HeadChange, Json } from "../ports/store/head.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { TicketRef } from "../survey/survey.ts";
import { fromCustomerDocument, toCustomerDocument } from "./customer-document.ts";
import { toDocument } from "./ticket-document.ts";

/** What stands when an event happens. */
export interface Known {
  /** Those in force where `withSettings` asks for them, else the defaults. */
  readonly settings: WorkspaceSettings;
  readonly ticket: TicketState;
  /** Null when no customer is limited here. */
  readonly customer: CustomerState | null;
}

/** One event of one ticket. Ids and times are made before: an event may be tried on more than one state. */
export interface Planned<Event extends TicketEvent> {
  readonly ref: TicketRef;
  /** The event, given what stands. May run again, when somebody else wrote meanwhile. */
  readonly event: (known: Known) => Event;
  /** What stands beside the ticket when the event changed it. */
  readonly beside?: (outcome: OutcomeOf<Event>) => Beside;
  /** True when it stands there also where the event changed nothing. */
  readonly besideAlways?: true;
  /** The lease that the event's worker must hold. */
  readonly lease?: NonNullable<HeadChange["lease"]>;
  /** The ticket as it was read already: saves reading it at the first try. */
  readonly known?: Head;
  /**
   * The record of the customer whose cooldown has a say, as it was read already; of version 0 and no state when it is yet
   * to be read. Left out, it is the one that the ticket's survey names, if it does.
   */
  readonly customer?: Head;
  /** What the event rests on, for dry runs: stands with its first line of the journal. */
  readonly facts?: Json | ((known: Known) => Json | undefined);
}

/** Rows beside the ticket, and an event for receivers. */
export interface Beside {
  readonly tokens?: Change["tokens"];
  readonly answer?: Extract<AnswerChange, { kind: "put" }>;
  readonly heads?: readonly HeadChange[];
}

/** The events of one ticket, with their places in the answer. */
export interface Group<Event extends TicketEvent> {
  readonly ref: TicketRef;
  readonly members: readonly { readonly plan: Planned<Event>; readonly index: number }[];
}

/** What the events of one ticket come to. */
export interface Made<Event extends TicketEvent> {
  readonly results: ReadonlyMap<number, OutcomeOf<Event>>;
  /** Null when nothing is to be written. */
  readonly change: Change | null;
  /** The records as they stand when it is written. */
  readonly ticket: Head;
  readonly customer: Head | null;
}

interface Line {
  readonly told: Told;
  readonly facts?: Json;
}

/** Tells a ticket its events, one after the other: all of them are one change. */
export function makeChange<Event extends TicketEvent>({
  group: { ref, members },
  head,
  before,
  customer,
  settings,
  now,
}: {
  readonly group: Group<Event>;
  readonly head: Head;
  /** What the head's document says. */
  readonly before: TicketState;
  readonly customer: Head | null;
  readonly settings: WorkspaceSettings;
  readonly now: Date;
}): Made<Event> {
  const knownCustomer = customer === null ? null : fromCustomerDocument(customer);
  const results = new Map<number, OutcomeOf<Event>>();
  const journal: Line[] = [];
  const beside: Beside[] = [];
  let lease: HeadChange["lease"];
  let isErased = false;
  let state = before;
  let after = knownCustomer;
  for (const { plan, index } of members) {
    const known: Known = { settings, ticket: state, customer: after };
    const event = plan.event(known);
    const step = transition(state, event);
    if (step.state !== state || step.journal.length > 0 || plan.besideAlways) {
      if (plan.beside !== undefined) beside.push(plan.beside(step.outcome));
      lease ??= plan.lease;
    }
    if (step.state.erased && !state.erased) {
      isErased = true;
      journal.length = 0;
    }
    const facts = typeof plan.facts === "function" ? plan.facts(known) : plan.facts;
    journal.push(...linesOf(step.journal, facts));
    if (after !== null)
      after = customerAfter(after, { ticketId: ref.ticketId, before: state, after: step.state });
    state = step.state;
    results.set(index, step.outcome);
  }
  const isNothing =
    state === before && journal.length === 0 && !beside.some(({ tokens }) => tokens !== undefined);
  if (isNothing) return { results, change: null, ticket: head, customer };
  const change = toChange({ ref, head, before, state, journal, beside, lease, isErased, now });
  const [ticket] = change.heads;
  const written = { key: head.key, version: head.version + 1, state: ticket?.state ?? head.state };
  if (customer === null || after === null || after === knownCustomer)
    return { results, change, ticket: written, customer };
  const { key, version: expected } = customer;
  const next = toCustomerDocument(after);
  return {
    results,
    change: withCustomer(change, { key, expected, state: next, cells: null }),
    ticket: written,
    customer: { key, version: expected + 1, state: next },
  };
}

/** The facts stand with the first line of their event. */
function linesOf(lines: readonly Told[], facts: Json | undefined): readonly Line[] {
  return lines.map((told, place) => ({
    told,
    ...(facts !== undefined && place === 0 ? { facts } : {}),
  }));
}

/** Records stand in key order: a customer behind the ticket, before its events. */
function withCustomer({ heads: [ticket, ...others], ...change }: Change, customer: HeadChange): Change {
  return { ...change, heads: [...(ticket === undefined ? [] : [ticket]), customer, ...others] };
}

function toChange({
  ref,
  head,
  before,
  state,
  journal,
  beside,
  lease,
  isErased,
  now,
}: {
  readonly ref: TicketRef;
  readonly head: Head;
  readonly before: TicketState;
  readonly state: TicketState;
  readonly journal: readonly Line[];
  readonly beside: readonly Beside[];
  readonly lease: HeadChange["lease"];
  readonly isErased: boolean;
  readonly now: Date;
}): Change {
  const due = dueAfter(before, state, now);
  const cells = cellsOf(state);
  const deltas = [...deltasBetween(before, state), ...notAskedOf(journal.map(({ told }) => told))];
  const tokens = beside.flatMap((one) => one.tokens ?? []);
  const put = beside.find(({ answer }) => answer !== undefined)?.answer;
  const slices = state.survey?.slices ?? [];
  const answer =
    put === undefined
      ? changeOfAnswer(before, state)
      : { ...put, resolvedBy: cells.resolvedBy, ...(slices.length === 0 ? {} : { slices }) };
  const ticket: HeadChange = {
    key: head.key,
    expected: head.version,
    state: toDocument(state),
    cells,
    ...(due === undefined ? {} : { due }),
    ...(lease === undefined ? {} : { lease }),
  };
  return {
    heads: [ticket, ...beside.flatMap(({ heads }) => heads ?? [])],
    ...(isErased ? { forget: true } : {}),
    ...(tokens.length === 0 ? {} : { tokens }),
    ...(answer === undefined ? {} : { answer }),
    ...(journal.length === 0
      ? {}
      : { journal: journal.map(({ told, ...facts }) => ({ ...ref, ...told, ...facts })) }),
    ...(deltas.length === 0 ? {} : { deltas }),
  };
}

/** What changes on an answer that stood before and stands still. No event does both. */
function changeOfAnswer(before: TicketState, after: TicketState): AnswerChange | undefined {
  const [was, is] = [before.survey, after.survey];
  if (was?.answer == null || is?.answer == null) return undefined;
  const excluded = is.exclusion !== null;
  if ((was.exclusion !== null) !== excluded) return { kind: "mark", excluded };
  const { resolvedBy } = cellsOf(after);
  return cellsOf(before).resolvedBy === resolvedBy ? undefined : { kind: "move", resolvedBy };
}
