import { type CustomerState, customerAfter } from "../policy/ask/customer-state.ts";
import { cellsOf, deltasBetween, dueAfter, notAskedOf } from "../policy/transition/consequences.ts";
import type { Told } from "../policy/transition/step.ts";
import type { TicketState } from "../policy/transition/ticket-state.ts";
import { type OutcomeOf, type TicketEvent, transition } from "../policy/transition/transition.ts";
import type { AnswerChange, Change } from "../ports/store/change.ts";
import type { Head, HeadChange, Json, Key } from "../ports/store/head.ts";
import { compareText } from "../survey/compare-text.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { TicketRef } from "../survey/survey.ts";
import { customerChange, fromCustomerDocument } from "./customer-document.ts";
import { toDocument } from "./ticket-document.ts";

/** What stands when an event happens. */
export interface Known {
  /** Those in force where `withSettings` asks for them, else the defaults. */
  readonly settings: WorkspaceSettings;
  readonly ticket: TicketState;
  /** The records of its customer that were read, in the order of `Planned.customers`. */
  readonly customers: readonly CustomerState[];
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
   * The records of the customer that have a say: they stand as they were when the ticket is written. `recipient`: those
   * that the ticket's survey went to. Left out: the one that the cooldown of its survey goes by, if one does.
   */
  readonly customers?: readonly KnownCustomer[] | "recipient";
  /** What the event rests on, for dry runs: stands with its first line of the journal. */
  readonly facts?: Json | ((known: Known) => Json | undefined);
}

/** A record, and how it was read already; left out: it is yet to be read. */
export interface KnownCustomer {
  readonly key: Key;
  readonly head?: Head;
}

/** Rows beside the ticket, and an event for receivers. */
export interface Beside {
  readonly tokens?: Change["tokens"];
  readonly customers?: Change["customers"];
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
  readonly customers: readonly Head[];
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
  customers,
  settings,
  now,
}: {
  readonly group: Group<Event>;
  readonly head: Head;
  /** What the head's document says. */
  readonly before: TicketState;
  readonly customers: readonly Head[];
  readonly settings: WorkspaceSettings;
  readonly now: Date;
}): Made<Event> {
  const known = customers.map(fromCustomerDocument);
  const results = new Map<number, OutcomeOf<Event>>();
  const journal: Line[] = [];
  const beside: Beside[] = [];
  let lease: HeadChange["lease"];
  let isErased = false;
  let state = before;
  let after: readonly CustomerState[] = known;
  for (const { plan, index } of members) {
    const standing: Known = { settings, ticket: state, customers: after };
    const event = plan.event(standing);
    const step = transition(state, event);
    if (step.state !== state || step.journal.length > 0 || plan.besideAlways) {
      if (plan.beside !== undefined) beside.push(plan.beside(step.outcome));
      lease ??= plan.lease;
    }
    if (step.state.erased && !state.erased) {
      isErased = true;
      journal.length = 0;
    }
    const facts = typeof plan.facts === "function" ? plan.facts(standing) : plan.facts;
    journal.push(...linesOf(step.journal, facts));
    const [was, is] = [state, step.state];
    after = after.map((one, place) =>
      customerAfter(one, {
        key: customers[place]?.key.id ?? "",
        ticketId: ref.ticketId,
        before: was,
        after: is,
      }),
    );
    state = step.state;
    results.set(index, step.outcome);
  }
  const isNothing =
    state === before && journal.length === 0 && !beside.some(({ tokens }) => tokens !== undefined);
  if (isNothing) return { results, change: null, ticket: head, customers };
  const change = toChange({ ref, head, before, state, journal, beside, lease, isErased, now });
  const [ticket] = change.heads;
  const written = { key: head.key, version: head.version + 1, state: ticket?.state ?? head.state };
  const changed = customers.map((one, place) => {
    const next = after[place];
    return next === undefined || next === known[place] ? null : customerChange(one, next);
  });
  const unchanged = customers.filter((_, place) => changed[place] === null);
  return {
    results,
    change: withCustomers(
      change,
      changed.filter((one) => one !== null),
      unchanged,
    ),
    ticket: written,
    customers: customers.map((one, place) => {
      const next = changed[place] ?? null;
      return next === null ? one : { key: one.key, version: one.version + 1, state: next.state };
    }),
  };
}

/** The facts stand with the first line of their event. */
function linesOf(lines: readonly Told[], facts: Json | undefined): readonly Line[] {
  return lines.map((told, place) => ({
    told,
    ...(facts !== undefined && place === 0 ? { facts } : {}),
  }));
}

/** Records stand in key order: customers behind the ticket, before its events. */
function withCustomers(
  { heads: [ticket, ...others], ...change }: Change,
  changed: readonly HeadChange[],
  unchanged: readonly Head[],
): Change {
  const compared = unchanged.map(({ key, version: expected }) => ({ key, expected }));
  return {
    ...change,
    heads: [...(ticket === undefined ? [] : [ticket]), ...changed.toSorted(byId), ...others],
    ...(compared.length === 0 ? {} : { compared: compared.toSorted(byId) }),
  };
}

function byId(one: { readonly key: Key }, other: { readonly key: Key }): number {
  return compareText(one.key.id, other.key.id);
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
  const customers = beside.flatMap((one) => one.customers ?? []);
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
    ...(customers.length === 0 ? {} : { customers: [...new Set(customers)] }),
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
