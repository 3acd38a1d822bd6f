import { CsatError } from "../errors.ts";
import type { TicketState } from "../policy/transition/ticket-state.ts";
import type { OutcomeOf, TicketEvent } from "../policy/transition/transition.ts";
import type { WriteOutcome } from "../ports/store/change.ts";
import type { Head, Key } from "../ports/store/head.ts";
import type { ReadKey, Session } from "../ports/store/session.ts";
import type { Store } from "../ports/store/store.ts";
import { compareText } from "../survey/compare-text.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { TicketRef } from "../survey/survey.ts";
import { customerHeadKey, customerText, readCustomers as readHeads } from "./customer-document.ts";
import { ticketKey } from "./take-events.ts";
import { type Group, type KnownCustomer, type Made, makeChange, type Planned } from "./ticket-change.ts";
import { fromDocument } from "./ticket-document.ts";
import { settingsOf, workspaceKey } from "./workspace-settings.ts";

/** What became of one planned event. `lost`: its worker does not hold the lease any more. */
export interface Changed<Event extends TicketEvent> {
  readonly outcome: OutcomeOf<Event> | { readonly kind: "lost" };
  /** The ticket as it stands now: what the next event of the same worker may start from. */
  readonly head: Head;
  /** The records of its customer as they stand now; none when none had a say. */
  readonly customers: readonly Head[];
}

/** What events are told to and where. */
export interface ChangeTickets<Tx, Event extends TicketEvent> {
  readonly store: Store<Tx>;
  /** Several events of one ticket are taken in this order. */
  readonly plans: readonly Planned<Event>[];
  /** True when `event` asks for settings. */
  readonly withSettings?: boolean;
  readonly now: Date;
  /** The host's transaction. */
  readonly tx?: Tx | undefined;
}

const ticketsPerWrite = 1_000;

/**
 * Tells events to tickets, and writes what follows. Each ticket is written whole or not at all, with its customer where
 * one has a say, a thousand per statement. Tickets of one customer are written one after the other, in the order of
 * `plans`. What somebody else wrote meanwhile is read again under a lock, where nothing can come between: there is
 * no third try. In the host's transaction several tickets are locked at once, in one order.
 * @throws CsatError `storage_failed`
 */
export async function changeTickets<Tx, Event extends TicketEvent>(
  asked: ChangeTickets<Tx, Event>,
): Promise<readonly Changed<Event>[]> {
  const { store, plans, tx } = asked;
  const changed: Changed<Event>[] = [];
  for (const write of inWrites(plans)) {
    const first = tx === undefined ? store.auto : store.within(tx);
    for (let groups = write, isFirst = true; groups.length > 0; isFirst = false) {
      const locked = tx !== undefined && groups.length > 1;
      const { conflicts, later } = await attempt(first, { ...asked, groups, locked, isFirst, changed });
      if (conflicts.length > 0)
        await (tx === undefined ? store.own(again(conflicts)) : again(conflicts)(first));
      groups = later;
    }
  }
  return changed;

  function again(conflicts: readonly Group<Event>[]) {
    return async (session: Session) => {
      for (let groups = conflicts; groups.length > 0; ) {
        const tried = { ...asked, groups, locked: true, isFirst: false, changed };
        const { conflicts: met, later } = await attempt(session, tried);
        const [conflict] = met;
        if (conflict !== undefined) throw conflictUnderLock(conflict);
        groups = later;
      }
    };
  }
}

function inWrites<Event extends TicketEvent>(
  plans: readonly Planned<Event>[],
): readonly (readonly Group<Event>[])[] {
  const groups = new Map<string, { ref: TicketRef; members: { plan: Planned<Event>; index: number }[] }>();
  for (const [index, plan] of plans.entries()) {
    const key = ticketKey(plan.ref);
    const group = groups.get(key) ?? { ref: plan.ref, members: [] };
    group.members.push({ plan, index });
    groups.set(key, group);
  }
  const sorted = [...groups.values()].toSorted(
    ({ ref: one }, { ref: other }) =>
      compareText(one.workspaceId, other.workspaceId) || compareText(one.ticketId, other.ticketId),
  );
  return Array.from({ length: Math.ceil(sorted.length / ticketsPerWrite) }, (_, write) =>
    sorted.slice(write * ticketsPerWrite, (write + 1) * ticketsPerWrite),
  );
}

interface Attempt<Event extends TicketEvent> {
  readonly groups: readonly Group<Event>[];
  readonly locked: boolean;
  /** True while what was read before may still stand. */
  readonly isFirst: boolean;
  readonly withSettings?: boolean;
  readonly now: Date;
  /** Filled here, by place. */
  readonly changed: Changed<Event>[];
}

/** Answers the groups that met a conflict, and those whose customer another group had: nothing of them was written. */
async function attempt<Event extends TicketEvent>(
  session: Session,
  { groups, locked, isFirst, withSettings = false, now, changed }: Attempt<Event>,
): Promise<{ readonly conflicts: readonly Group<Event>[]; readonly later: readonly Group<Event>[] }> {
  const read = await readTickets(session, { groups, locked, withSettings });
  const all = groups.map((group, place) => {
    const head = read.heads[place] ?? nothingStored(ticketHeadKey(group.ref));
    const ticket = fromDocument(head.state);
    return { group, head, ticket, customers: customersOf(group, ticket) };
  });
  const customers = await readCustomers(session, { all, locked, isFirst });
  const made = all.map((one) => {
    const { group, head, ticket: before } = one;
    const settings = read.settings(group.ref.workspaceId);
    const theirs = customers.get(one) ?? [];
    return { group, head, ...makeChange({ group, head, before, customers: theirs, settings, now }) };
  });
  const { turn, later } = inTurns(made);
  const wanted = turn.filter(({ change }) => change !== null);
  const outcomes = new Map<(typeof made)[number], WriteOutcome>();
  if (wanted.length > 0) {
    const written = await session.write(wanted.flatMap(({ change }) => (change === null ? [] : [change])));
    for (const [place, one] of wanted.entries()) outcomes.set(one, written[place] ?? "conflict");
  }
  const conflicts: Group<Event>[] = [];
  for (const one of turn) {
    const outcome = outcomes.get(one) ?? "written";
    if (outcome === "conflict") conflicts.push(one.group);
    else
      for (const { index } of one.group.members)
        changed[index] =
          outcome === "lost_lease"
            ? { outcome: { kind: "lost" }, head: one.head, customers: [] }
            : outcomeAt(one, index);
  }
  return { conflicts, later: later.map(({ group }) => group) };
}

function outcomeAt<Event extends TicketEvent>(made: Made<Event>, index: number): Changed<Event> {
  // Every member of the group was told.
  const outcome = made.results.get(index) as OutcomeOf<Event>;
  return { outcome, head: made.ticket, customers: made.customers };
}

/** The records of its customer that have a say, in the order in which the event is told of them. */
function customersOf<Event extends TicketEvent>(
  { ref: { workspaceId }, members: [first] }: Group<Event>,
  { survey }: TicketState,
): readonly KnownCustomer[] {
  const named = first?.plan.customers;
  if (named !== undefined && named !== "recipient") return named;
  const { id = null, address = null } = survey?.recipient ?? {};
  const ids = named === "recipient" ? [survey?.customer ?? null, id, address] : [survey?.customer ?? null];
  return [...new Set(ids.filter((one) => one !== null))].map((one) => ({
    key: customerHeadKey(workspaceId, one),
  }));
}

/** A record is written once in a write, and compared by nobody else then: the ticket that was planned first comes first. */
function inTurns<Event extends TicketEvent, One extends Made<Event> & { readonly group: Group<Event> }>(
  made: readonly One[],
): { readonly turn: readonly One[]; readonly later: readonly One[] } {
  const [written, compared, later] = [new Set<string>(), new Set<string>(), new Set<One>()];
  for (const one of made.toSorted((some, other) => placeOf(some) - placeOf(other))) {
    const writes = (one.change?.heads ?? [])
      .map(({ key }) => key)
      .filter(isCustomer)
      .map(customerText);
    const compares = (one.change?.compared ?? []).map(({ key }) => customerText(key));
    const isFree =
      writes.every((text) => !written.has(text) && !compared.has(text)) &&
      compares.every((text) => !written.has(text));
    if (!isFree) later.add(one);
    for (const text of isFree ? writes : []) written.add(text);
    for (const text of isFree ? compares : []) compared.add(text);
  }
  return { turn: made.filter((one) => !later.has(one)), later: made.filter((one) => later.has(one)) };
}

function isCustomer({ kind }: Key): boolean {
  return kind === "customer";
}

function placeOf({ group }: { readonly group: { readonly members: readonly { readonly index: number }[] } }) {
  return group.members[0]?.index ?? 0;
}

async function readTickets<Event extends TicketEvent>(
  session: Session,
  {
    groups,
    locked,
    withSettings,
  }: Pick<Attempt<Event>, "groups" | "locked"> & { readonly withSettings: boolean },
): Promise<{
  readonly heads: readonly (Head | undefined)[];
  readonly settings: (workspaceId: string) => WorkspaceSettings;
}> {
  const known = groups.map(({ members: [first] }) => (locked ? undefined : first?.plan.known));
  const keys: ReadKey[] = groups
    .filter((_, place) => known[place] === undefined)
    .map(({ ref }) => ({ ...ticketHeadKey(ref), ...(locked ? { lock: true as const } : {}) }));
  const workspaces = withSettings ? [...new Set(groups.map(({ ref }) => ref.workspaceId))] : [];
  const read =
    keys.length + workspaces.length === 0
      ? []
      : await session.read([...keys, ...workspaces.map(workspaceKey)]);
  const tickets = read.slice(0, keys.length);
  const stored = new Map(read.slice(keys.length).map((head) => [head.key.workspaceId, settingsOf(head)]));
  return {
    heads: known.map((head) => head ?? tickets.shift()),
    settings: (workspaceId) => stored.get(workspaceId) ?? settingsOf(null),
  };
}

/** Behind the tickets, as the order of locks has it. Nothing is read where no record has a say. */
async function readCustomers<One extends { readonly customers: readonly KnownCustomer[] }>(
  session: Session,
  { all, locked, isFirst }: { readonly all: readonly One[] } & Pick<Attempt<never>, "locked" | "isFirst">,
): Promise<ReadonlyMap<One, readonly Head[]>> {
  const isKnown = ({ head }: KnownCustomer) => !locked && isFirst && head !== undefined;
  const unread = all.flatMap(({ customers }) => customers.filter((one) => !isKnown(one)));
  const keys = unread.map(({ key }) => key);
  const read = keys.length === 0 ? [] : await readHeads(session, { keys, lock: locked });
  const heads = new Map(unread.map((one, place) => [one, read[place]]));
  return new Map(
    all.map((one) => [
      one,
      one.customers.map((known) => heads.get(known) ?? known.head ?? nothingStored(known.key)),
    ]),
  );
}

/** The key of a ticket's record. */
export function ticketHeadKey({ workspaceId, ticketId }: TicketRef): Key {
  return { kind: "ticket", workspaceId, id: ticketId };
}

function nothingStored(key: Key): Head {
  return { key, version: 0, state: null };
}

function conflictUnderLock<Event extends TicketEvent>({
  ref: { workspaceId, ticketId },
}: Group<Event>): CsatError {
  return new CsatError(
    "storage_failed",
    `Ticket ${ticketId} of workspace ${workspaceId} was changed under our lock: the store does not keep its locks. Nothing of it was written; tell the adapter's author.`,
  );
}
