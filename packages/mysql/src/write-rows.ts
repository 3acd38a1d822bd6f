import {
  type Change,
  compareText,
  type Due,
  type HeadChange,
  type HeadKind,
  type JournalRow,
  type Key,
  toCountRow,
  toEntryRow,
} from "@csat/core";
import { kinds } from "./read-heads.ts";
import { stored } from "./row.ts";

/** One record's part of a write, and the place of its change among them. */
export interface HeadOf {
  readonly change: number;
  readonly head: HeadChange;
}

/** Every record of these changes, by kind and in key order, which is not the order of their changes. */
export function headsOf(changes: readonly Change[]): ReadonlyMap<HeadKind, readonly HeadOf[]> {
  const all = changes.flatMap(({ heads }, change) => heads.map((head) => ({ change, head })));
  return new Map(
    kinds.map((kind) => [
      kind,
      all
        .filter(({ head }) => head.key.kind === kind)
        .toSorted((one, other) => compareKeys(one.head.key, other.head.key)),
    ]),
  );
}

/** A record that a change compares and leaves as it is, and the place of that change. */
export interface Compared {
  readonly change: number;
  readonly key: Key;
  readonly expected: number;
}

/** Every record that these changes compare, in key order; one as often as it is compared. */
export function comparedOf(changes: readonly Change[]): readonly Compared[] {
  return changes
    .flatMap(({ compared = [] }, change) => compared.map((record) => ({ change, ...record })))
    .toSorted(
      (one, other) =>
        kinds.indexOf(one.key.kind) - kinds.indexOf(other.key.kind) || compareKeys(one.key, other.key),
    );
}

/** The order in which records of one kind are locked. */
export function compareKeys(one: Key, other: Key): number {
  return compareText(one.workspaceId, other.workspaceId) || compareText(one.id, other.id);
}

/** What a record's row becomes. */
export function recordRow({ key, expected, state, cells }: HeadChange): object {
  return {
    w: key.workspaceId,
    i: key.id,
    v: expected + 1,
    s: JSON.stringify(state),
    ...(cells?.kind === "ticket"
      ? { sa: cells.sentAt === null ? null : stored(cells.sentAt), rb: cells.resolvedBy }
      : {}),
    ...(cells?.kind === "customer"
      ? { su: cells.suppressedAt === null ? null : stored(cells.suppressedAt) }
      : {}),
    ...(cells?.kind === "event"
      ? { ca: stored(cells.createdAt), ti: cells.ticketId, de: Number(cells.dead) }
      : {}),
  };
}

/** What a due row becomes. */
export function dueRow({ key }: HeadChange, due: Due): object {
  const row = { w: key.workspaceId, i: key.id };
  return due.kind === "waiting"
    ? { ...row, rd: 0, wa: stored(due.wakeAt), fd: stored(due.firstDueAt), fr: due.failing ?? null }
    : { ...row, fa: stored(due.failedAt), fr: due.reason };
}

/** The rows that stand beside the records: of each table a list. */
export interface SideRows {
  readonly forgotten: object[];
  readonly tokens: object[];
  readonly customers: object[];
  readonly put: object[];
  readonly moved: object[];
  readonly marked: object[];
  readonly journal: object[];
  /** Counts of the whole, and those with a part or with tickets that were left out. */
  readonly deltas: object[];
  readonly slices: object[];
}

/** Everything that these changes write beside their records. */
export function sideRowsOf(changes: readonly Change[]): SideRows {
  const rows: SideRows = {
    forgotten: [],
    tokens: [],
    customers: [],
    put: [],
    moved: [],
    marked: [],
    journal: [],
    deltas: [],
    slices: [],
  };
  for (const change of changes) {
    for (const { hash, key } of change.tokens ?? [])
      rows.tokens.push({ h: hash, k: key.kind, w: key.workspaceId, i: key.id });
    const ticket = change.heads.find(({ key }) => key.kind === "ticket")?.key;
    if (ticket === undefined) continue;
    const { workspaceId: w, id: i } = ticket;
    if (change.forget === true) rows.forgotten.push({ w, i });
    for (const c of change.customers ?? []) rows.customers.push({ w, c, i });
    const { answer } = change;
    if (answer?.kind === "put") {
      const { surveyId, rating, comment, respondedAt, resolvedBy, slices = [] } = answer;
      rows.put.push({
        w,
        i,
        s: surveyId,
        r: rating,
        m: comment,
        at: stored(respondedAt),
        b: resolvedBy ?? "",
        sl: slices.length === 0 ? null : JSON.stringify(slices),
      });
    } else if (answer?.kind === "move") rows.moved.push({ w, i, b: answer.resolvedBy ?? "" });
    else if (answer !== undefined) rows.marked.push({ w, i, e: Number(answer.excluded) });
    for (const entry of change.journal ?? []) rows.journal.push({ w, i, ...journalRow(entry) });
    for (const delta of change.deltas ?? []) {
      const { day: d, resolvedBy: a, part: p, notAsked, ...figures } = toCountRow(delta);
      // What is counted of the whole alone is written as if there were no parts.
      if (p === "" && notAsked === 0) rows.deltas.push({ w, d, a, ...figures });
      else rows.slices.push({ w, d, a, p, ...figures, notAsked });
    }
  }
  return rows;
}

function journalRow(entry: JournalRow): object {
  const { at, event, reason, actorId, eligibleAt, facts } = toEntryRow(entry);
  const ea = eligibleAt === null ? null : stored(eligibleAt);
  return { at: stored(at), e: event, r: reason, a: actorId, ea, fa: facts };
}
