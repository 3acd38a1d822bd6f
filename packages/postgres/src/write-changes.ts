import type { Change, WriteOutcome } from "@csat/core";
import { rowsFrom, type Statement } from "./executor.ts";
import { lockHeads, lockName, type Place } from "./read-heads.ts";
import { number, text } from "./row.ts";
import { headShapes, nameOfOne, type OneShape, oneStatement, valuesOfOne } from "./write-one.ts";
import { isAlone, type Part, rowsOfChanges, sideRows } from "./write-rows.ts";
import { countsOfOne, sideValues } from "./write-sides.ts";
import { kinds, type WriteShape, writeStatement } from "./write-statement.ts";

/**
 * True when a change has several new records, which one statement cannot insert whole or not at all: to be written in a
 * transaction, where they are inserted and locked before.
 */
export function needsLocks(changes: readonly Change[]): boolean {
  return changes.some((change) => newIn(change) > 1);
}

/**
 * True when the statement waits for nobody outside a transaction: it inserts no key that somebody else might be inserting
 * (ids of events are random), and forgets nothing. Only such changes may share a statement with those of others.
 */
export function neverWaits(changes: readonly Change[]): boolean {
  return changes.every(
    ({ heads, forget }) =>
      forget !== true && heads.every(({ key, expected }) => expected > 0 || key.kind === "event"),
  );
}

function newIn({ heads }: Change): number {
  return heads.filter(({ expected }) => expected === 0).length;
}

/** Writes each change whole or not at all, all of them in one statement. */
export async function writeChanges(
  place: Place,
  { changes, skipsLocked }: { readonly changes: readonly Change[]; readonly skipsLocked: boolean },
): Promise<readonly WriteOutcome[]> {
  if (changes.length === 0) return [];
  if (!skipsLocked) await lockBefore(place, changes);
  const [change, ...others] = changes;
  const alone = others.length === 0 && change !== undefined ? ofOne(place, { change, skipsLocked }) : null;
  const statement = alone ?? ofMany(place, { changes, skipsLocked });
  const outcomes: WriteOutcome[] = changes.map(() => "conflict");
  for (const row of await rowsFrom(place.executor, describe(changes), statement)) {
    outcomes[number(row, "c")] = text(row, "outcome") === "written" ? "written" : "lost_lease";
  }
  return outcomes;
}

/** Null for a change that needs the statement of many. */
function ofOne(
  { tables, prepared, locked }: Place,
  { change, skipsLocked }: { readonly change: Change; readonly skipsLocked: boolean },
): Statement | null {
  const heads = headShapes(change, (key) => locked?.has(lockName(key)) === true);
  if (heads === null) return null;
  const rows = sideRows([change]);
  const shape: OneShape = { heads, sides: countsOfOne(rows), skipsLocked };
  return prepared.statement(nameOfOne(shape), () => oneStatement(tables, shape), {
    ...valuesOfOne(change),
    ...sideValues(rows, shape.sides),
  });
}

function ofMany(
  { tables, prepared }: Place,
  { changes, skipsLocked }: { readonly changes: readonly Change[]; readonly skipsLocked: boolean },
): Statement {
  const rows = rowsOfChanges(changes);
  const heads = changes.flatMap((change) => change.heads);
  const shape: WriteShape = {
    parts: new Set(rows.keys()),
    hasDue: heads.some(({ due }) => due !== undefined),
    hasLease: heads.some(({ lease }) => lease !== undefined),
    isSingle: new Set(heads.map(({ key }) => key.kind)).size === heads.length,
    hasAlone: changes.some(isAlone),
    hasBeside: changes.some((change) => !isAlone(change) && newIn(change) > 0),
    skipsLocked,
  };
  const values = Object.fromEntries(Array.from(rows, ([part, list]) => [part, JSON.stringify(list)]));
  return prepared.statement(nameOf(shape), () => writeStatement(tables, shape), values);
}

/**
 * In a transaction a write may wait for several records. The statement locks what is stored before it inserts what is
 * not, so where there is something new among several, all of them are locked before, in key order.
 */
async function lockBefore(place: Place, changes: readonly Change[]): Promise<void> {
  const heads = changes.flatMap((change) => change.heads);
  const left = heads.filter(({ key }) => place.locked?.has(lockName(key)) !== true);
  if (heads.length < 2 || !left.some(({ expected }) => expected === 0)) return;
  const keys = left.map(({ key }) => key);
  for (const kind of kinds) {
    const ofKind = keys.filter((key) => key.kind === kind);
    if (ofKind.length > 0) await lockHeads(place, { kind, keys: ofKind, doing: describe(changes) });
  }
}

const letters: Readonly<Record<Part, string>> = {
  ticket: "t",
  customer: "c",
  event: "e",
  workspace: "w",
  forget: "f",
  token: "l",
  put: "p",
  move: "m",
  journal: "j",
  delta: "d",
  slice: "s",
};

/** The same shape is the same text. */
function nameOf({ parts, hasDue, hasLease, isSingle, hasAlone, hasBeside, skipsLocked }: WriteShape): string {
  const words = [...parts]
    .map((part) => letters[part])
    .toSorted()
    .join("");
  return `write_${words}${hasDue ? "D" : ""}${hasLease ? "L" : ""}${isSingle ? "1" : ""}${hasAlone ? "A" : ""}${hasBeside ? "B" : ""}${skipsLocked ? "S" : ""}`;
}

function describe(changes: readonly Change[]): string {
  const key = changes[0]?.heads[0]?.key;
  if (key === undefined) return "writing nothing";
  const first = `${key.kind} ${key.id} of workspace ${key.workspaceId}`;
  return changes.length === 1
    ? `writing ${first}`
    : `writing ${changes.length} records, the first of them ${first}`;
}
