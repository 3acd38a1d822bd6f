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
import { type Group, type Made, makeChange, type Planned } from "./ticket-change.ts";
import { fromDocument } from "./ticket-document.ts";
import { settingsOf, workspaceKey } from "./workspace-settings.ts";

/** What became of one planned event. `lost`: its worker does not hold the lease any more. */
export interface Changed<Event extends TicketEvent> {
  readonly outcome: OutcomeOf<Event> | { readonly kind: "lost" };
  /** The ticket as it stands now: what the next event of the same worker may start from. */
  readonly head: Head;
  /** Its customer as it stands now; null when none was read. */
  readonly customer: Head | null;
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
  const { turn, later } = onePerCustomer(groups.map((group, place) => ({ group, head: read.heads[place] })));
  const customers = await readCustomers(session, { turn, locked, isFirst });
  const made = turn.map((one) => {
    const { group, head, ticket: before } = one;
    const settings = read.settings(group.ref.workspaceId);
    const customer = customers.get(one) ?? null;
    return { group, head, ...makeChange({ group, head, before, customer, settings, now }) };
  });
  const wanted = made.filter(({ change }) => change !== null);
  const outcomes = new Map<(typeof made)[number], WriteOutcome>();
  if (wanted.length > 0) {
    const written = await session.write(wanted.flatMap(({ change }) => (change === null ? [] : [change])));
    for (const [place, one] of wanted.entries()) outcomes.set(one, written[place] ?? "conflict");
  }
  const conflicts: Group<Event>[] = [];
  for (const one of made) {
    const outcome = outcomes.get(one) ?? "written";
    if (outcome === "conflict") conflicts.push(one.group);
    else
      for (const { index } of one.group.members)
        changed[index] =
          outcome === "lost_lease"
            ? { outcome: { kind: "lost" }, head: one.head, customer: null }
            : outcomeAt(one, index);
  }
  return { conflicts, later };
}

function outcomeAt<Event extends TicketEvent>(made: Made<Event>, index: number): Changed<Event> {
  // Every member of the group was told.
  const outcome = made.results.get(index) as OutcomeOf<Event>;
  return { outcome, head: made.ticket, customer: made.customer };
}

interface Turn<Event extends TicketEvent> {
  readonly group: Group<Event>;
  readonly head: Head;
  readonly ticket: TicketState;
  /** The record of its customer; null when none has a say. */
  readonly customer: Key | null;
}

/** A write holds each customer once: the ticket that was planned first comes first. */
function onePerCustomer<Event extends TicketEvent>(
  read: readonly { readonly group: Group<Event>; readonly head: Head | undefined }[],
): { readonly turn: readonly Turn<Event>[]; readonly later: readonly Group<Event>[] } {
  const all = read.map(({ group, head = nothingStored(ticketHeadKey(group.ref)) }): Turn<Event> => {
    const ticket = fromDocument(head.state);
    const named = ticket.survey?.customer ?? null;
    const customer = named === null ? null : customerHeadKey(group.ref.workspaceId, named);
    return { group, head, ticket, customer: group.members[0]?.plan.customer?.key ?? customer };
  });
  const first = new Map<string, Turn<Event>>();
  for (const one of all) {
    if (one.customer === null) continue;
    const other = first.get(customerText(one.customer));
    if (other === undefined || placeOf(one) < placeOf(other)) first.set(customerText(one.customer), one);
  }
  const turns = new Set(first.values());
  const isNow = (one: Turn<Event>) => one.customer === null || turns.has(one);
  return { turn: all.filter(isNow), later: all.filter((one) => !isNow(one)).map(({ group }) => group) };
}

function placeOf<Event extends TicketEvent>({ group }: Turn<Event>): number {
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

/** Behind the tickets, as the order of locks has it. Nothing is read where nobody is limited. */
async function readCustomers<Event extends TicketEvent>(
  session: Session,
  {
    turn,
    locked,
    isFirst,
  }: { readonly turn: readonly Turn<Event>[] } & Pick<Attempt<Event>, "locked" | "isFirst">,
): Promise<ReadonlyMap<Turn<Event>, Head>> {
  const heads = new Map<Turn<Event>, Head>();
  const unread: { readonly one: Turn<Event>; readonly key: Key }[] = [];
  for (const one of turn) {
    const head = one.group.members[0]?.plan.customer;
    if (!locked && isFirst && head !== undefined && head.version > 0) heads.set(one, head);
    else if (one.customer !== null) unread.push({ one, key: one.customer });
  }
  if (unread.length === 0) return heads;
  const read = await readHeads(session, { keys: unread.map(({ key }) => key), lock: locked });
  for (const [place, { one, key }] of unread.entries()) heads.set(one, read[place] ?? nothingStored(key));
  return heads;
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
