import { CsatError } from "../errors.ts";
import { cellsOf, deltasBetween, dueAfter } from "../policy/transition/consequences.ts";
import type { Told } from "../policy/transition/step.ts";
import type { TicketState } from "../policy/transition/ticket-state.ts";
import { type OutcomeOf, type TicketEvent, transition } from "../policy/transition/transition.ts";
import type { AnswerChange, Change, WriteOutcome } from "../ports/store/change.ts";
import type { Head, HeadChange, Key } from "../ports/store/head.ts";
import type { ReadKey, Session } from "../ports/store/session.ts";
import type { Store } from "../ports/store/store.ts";
import { compareText } from "../survey/compare-text.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { TicketRef } from "../survey/survey.ts";
import { ticketKey } from "./take-events.ts";
import { fromDocument, toDocument } from "./ticket-document.ts";
import { settingsOf, workspaceKey } from "./workspace-settings.ts";

/** One event of one ticket. Ids and times are made before: an event may be tried on more than one state. */
export interface Planned<Event extends TicketEvent> {
  readonly ref: TicketRef;
  /** The event under the settings in force, where they have a say. */
  readonly event: (settings: WorkspaceSettings) => Event;
  /** What stands beside the ticket when the event changed it. */
  readonly beside?: (outcome: OutcomeOf<Event>) => Beside;
  /** True when it stands there also where the event changed nothing. */
  readonly besideAlways?: true;
  /** The lease that the event's worker must hold. */
  readonly lease?: NonNullable<HeadChange["lease"]>;
  /** The ticket as it was read already: saves reading it at the first try. */
  readonly known?: Head;
}

/** Rows beside the ticket, and an event for receivers. */
export interface Beside {
  readonly tokens?: Change["tokens"];
  readonly answer?: Extract<AnswerChange, { kind: "put" }>;
  readonly heads?: readonly HeadChange[];
}

/** What became of one planned event. `lost`: its worker does not hold the lease any more. */
export interface Changed<Event extends TicketEvent> {
  readonly outcome: OutcomeOf<Event> | { readonly kind: "lost" };
  /** The ticket as it stands now: what the next event of the same worker may start from. */
  readonly head: Head;
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
 * Tells events to tickets, and writes what follows. Each ticket is written whole or not at all, a thousand per
 * statement. What somebody else wrote meanwhile is read again under a lock, where nothing can come between: there is
 * no third try. In the host's transaction several tickets are locked at once, in one order.
 * @throws CsatError `storage_failed`
 */
export async function changeTickets<Tx, Event extends TicketEvent>(
  asked: ChangeTickets<Tx, Event>,
): Promise<readonly Changed<Event>[]> {
  const { store, plans, tx } = asked;
  const changed: Changed<Event>[] = [];
  for (const groups of inWrites(plans)) {
    const first = tx === undefined ? store.auto : store.within(tx);
    const left = await attempt(first, {
      ...asked,
      groups,
      locked: tx !== undefined && groups.length > 1,
      changed,
    });
    if (left.length === 0) continue;
    const again = (session: Session) => attempt(session, { ...asked, groups: left, locked: true, changed });
    const [conflict] = await (tx === undefined ? store.own(again) : again(first));
    if (conflict !== undefined) throw conflictUnderLock(conflict);
  }
  return changed;
}

/** The events of one ticket, with their places in the answer. */
interface Group<Event extends TicketEvent> {
  readonly ref: TicketRef;
  readonly members: readonly { readonly plan: Planned<Event>; readonly index: number }[];
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
  readonly withSettings?: boolean;
  readonly now: Date;
  /** Filled here, by place. */
  readonly changed: Changed<Event>[];
}

/** Answers the groups that met a conflict; nothing of them was written. */
async function attempt<Event extends TicketEvent>(
  session: Session,
  { groups, locked, withSettings = false, now, changed }: Attempt<Event>,
): Promise<readonly Group<Event>[]> {
  const { heads, settings } = await readFor(session, { groups, locked, withSettings });
  const made = groups.map((group, place) => {
    const head = heads[place] ?? nothingStored(ticketHeadKey(group.ref));
    return { group, head, ...takeEvents({ group, head, settings, now }) };
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
    else if (outcome === "lost_lease") {
      for (const { index } of one.group.members)
        changed[index] = { outcome: { kind: "lost" }, head: one.head };
    } else for (const [index, outcome] of one.results) changed[index] = { outcome, head: one.written };
  }
  return conflicts;
}

async function readFor<Event extends TicketEvent>(
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

/** Tells a ticket its events, one after the other: all of them are one change. */
function takeEvents<Event extends TicketEvent>({
  group: { ref, members },
  head,
  settings,
  now,
}: {
  readonly group: Group<Event>;
  readonly head: Head;
  readonly settings: (workspaceId: string) => WorkspaceSettings;
  readonly now: Date;
}) {
  const before = fromDocument(head.state);
  const results = new Map<number, OutcomeOf<Event>>();
  const journal: Told[] = [];
  const beside: Beside[] = [];
  let lease: HeadChange["lease"];
  let isErased = false;
  let state = before;
  for (const { plan, index } of members) {
    const event = plan.event(settings(ref.workspaceId));
    const step = transition(state, event);
    if (step.state !== state || step.journal.length > 0 || plan.besideAlways) {
      if (plan.beside !== undefined) beside.push(plan.beside(step.outcome));
      lease ??= plan.lease;
    }
    if (step.state.erased && !state.erased) {
      isErased = true;
      journal.length = 0;
    }
    journal.push(...step.journal);
    state = step.state;
    results.set(index, step.outcome);
  }
  const change =
    state === before && journal.length === 0 && !beside.some(({ tokens }) => tokens !== undefined)
      ? null
      : toChange({ ref, head, before, state, journal, beside, lease, isErased, now });
  const written = change?.heads[0]?.state;
  return {
    results,
    change,
    written: written === undefined ? head : { key: head.key, version: head.version + 1, state: written },
  };
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
  readonly journal: readonly Told[];
  readonly beside: readonly Beside[];
  readonly lease: HeadChange["lease"];
  readonly isErased: boolean;
  readonly now: Date;
}): Change {
  const due = dueAfter(before, state, now);
  const cells = cellsOf(state);
  const deltas = deltasBetween(before, state);
  const tokens = beside.flatMap((one) => one.tokens ?? []);
  const put = beside.find(({ answer }) => answer !== undefined)?.answer;
  const isMoved = before.survey?.answer != null && state.survey?.answer != null;
  const moved: AnswerChange | undefined =
    isMoved && cellsOf(before).resolvedBy !== cells.resolvedBy
      ? { kind: "move", resolvedBy: cells.resolvedBy }
      : undefined;
  const answer = put === undefined ? moved : { ...put, resolvedBy: cells.resolvedBy };
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
    ...(journal.length === 0 ? {} : { journal: journal.map((told) => ({ ...ref, ...told })) }),
    ...(deltas.length === 0 ? {} : { deltas }),
  };
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
