import { randomUUID } from "node:crypto";
import {
  type AnswerChange,
  type Change,
  type CountDelta,
  compareText,
  type Due,
  type HeadChange,
  type HeadKind,
  type JournalRow,
  type Key,
  type TicketRef,
} from "@csat/core";

/** Some fields of `Whole`; the others are the builder's choice. */
export type Given<Whole> = { readonly [Name in keyof Whole]?: Whole[Name] | undefined };

const start = Date.parse("2026-03-02T09:00:00.000Z");

/** The time `minutes` after the start of every case, a Monday at 09:00 UTC. */
export function minute(minutes: number): Date {
  return new Date(start + minutes * 60_000);
}

/** A date from its ISO text. */
export function utc(text: string): Date {
  return new Date(text);
}

/** An id that no other call returns; `prefix` tells what it names. */
export function uniqueId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

/** The kinds of records, in the order in which they are locked. */
export const kinds: readonly HeadKind[] = ["ticket", "customer", "event", "workspace"];

/** A ticket's key in a workspace of its own, unless told otherwise. Of a workspace it is its own record, whose id is "". */
export function aKey({ kind = "ticket", workspaceId, id }: Given<Key> = {}): Key {
  return {
    kind,
    workspaceId: workspaceId ?? uniqueId("workspace"),
    id: kind === "workspace" ? "" : (id ?? uniqueId(kind)),
  };
}

/** `count` keys of one kind and one workspace, in key order. */
export function someKeys(count: number, { kind = "ticket", workspaceId }: Given<Key> = {}): readonly Key[] {
  const of = workspaceId ?? uniqueId("workspace");
  return Array.from({ length: count }, (_, place) =>
    aKey({ kind, workspaceId: of, id: `${kind}-${String(place).padStart(5, "0")}` }),
  );
}

/** In the order in which the core hands every array of keys over. */
export function inKeyOrder<Keyed extends Key>(keys: readonly Keyed[]): readonly Keyed[] {
  return keys.toSorted(
    (one, other) =>
      kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
      compareText(one.workspaceId, other.workspaceId) ||
      compareText(one.id, other.id),
  );
}

/** The ticket that a key names. */
export function refOf({ workspaceId, id }: Key): TicketRef {
  return { workspaceId, ticketId: id };
}

/** A first version with a small document and the cells of its kind, and nothing due, unless told otherwise. */
export function aHead(key: Key, given: Given<Omit<HeadChange, "key">> = {}): HeadChange {
  return {
    key,
    expected: given.expected ?? 0,
    state: given.state ?? { text: "first" },
    cells: given.cells === undefined ? cellsFor(key) : given.cells,
    ...(given.due === undefined ? {} : { due: given.due }),
    ...(given.lease === undefined ? {} : { lease: given.lease }),
  };
}

function cellsFor({ kind }: Key): HeadChange["cells"] {
  if (kind === "ticket") return { kind, sentAt: null, resolvedBy: null };
  return kind === "event" ? { kind, createdAt: minute(120), ticketId: "any-ticket", dead: false } : null;
}

/** A change of these records, in key order, with what stands beside them. */
export function aChange(heads: readonly HeadChange[], beside: Omit<Change, "heads"> = {}): Change {
  const byKey = new Map(heads.map((head) => [head.key, head]));
  return { ...beside, heads: inKeyOrder([...byKey.keys()]).flatMap((key) => byKey.get(key) ?? []) };
}

/** Due at `wakeAt`, minute 60 unless told otherwise, and from the first. */
export function waiting(wakeAt: Date = minute(60), firstDueAt: Date = wakeAt): Due {
  return { kind: "waiting", wakeAt, firstDueAt };
}

/** Given up at minute 70, unless told otherwise. */
export function givenUp(reason = "refused", failedAt: Date = minute(70)): Due {
  return { kind: "failed", failedAt, reason };
}

/** Five stars without a word at minute 120, credited to nobody. */
export function anAnswer(
  given: Given<Omit<Extract<AnswerChange, { kind: "put" }>, "kind">> = {},
): Extract<AnswerChange, { kind: "put" }> {
  return {
    kind: "put",
    surveyId: given.surveyId ?? uniqueId("survey"),
    rating: given.rating ?? 5,
    comment: given.comment ?? null,
    respondedAt: given.respondedAt ?? minute(120),
    resolvedBy: given.resolvedBy ?? null,
    ...(given.slices === undefined ? {} : { slices: given.slices }),
  };
}

/** A line about this ticket, at minute 0 unless told otherwise. */
export function anEntry(ticket: Key, given: Given<Omit<JournalRow, keyof TicketRef>> = {}): JournalRow {
  return {
    ...refOf(ticket),
    at: given.at ?? minute(0),
    event: given.event ?? "scheduled",
    reason: given.reason ?? null,
    actorId: given.actorId ?? null,
    ...(given.eligibleAt === undefined ? {} : { eligibleAt: given.eligibleAt }),
    ...(given.facts === undefined ? {} : { facts: given.facts }),
  };
}

/** Adds nothing to the whole of 2 March 2026, of Unattributed, unless told otherwise. */
export function aDelta(given: Given<CountDelta> = {}): CountDelta {
  return {
    day: given.day ?? "2026-03-02",
    resolvedBy: given.resolvedBy ?? null,
    ...(given.part === undefined ? {} : { part: given.part }),
    sent: given.sent ?? 0,
    answered: given.answered ?? 0,
    ratings: given.ratings ?? [0, 0, 0, 0, 0],
    ...(given.notAsked === undefined ? {} : { notAsked: given.notAsked }),
  };
}
