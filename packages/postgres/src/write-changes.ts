import type { Change, Key, WriteOutcome } from "@csat/core";
import { rowsFrom, type Statement } from "./executor.ts";
import { lockHeads, lockName, type Place, shareHeads } from "./read-heads.ts";
import { number, text } from "./row.ts";
import { comparedShapes } from "./write-compared.ts";
import { headShapes, nameOfOne, type OneShape, oneStatement, valuesOfOne } from "./write-one.ts";
import { compareKeys, kinds } from "./write-order.ts";
import { isAlone, type Part, rowsOfChanges, sideRows } from "./write-rows.ts";
import { countsOfOne, sideValues } from "./write-sides.ts";
import { type WriteShape, writeStatement } from "./write-statement.ts";

/**
 * True when a change has several new records, which one statement cannot insert whole or not at all, or a new one that stands
 * in key order before what it compares, which is locked first: to be written in a transaction, where all is locked before.
 */
export function needsLocks(changes: readonly Change[]): boolean {
  return changes.some((change) => newIn(change) > 1 || isInsertedLate(change));
}

/** Nobody else inserts the id of an event, so that one may come last. */
function isInsertedLate({ heads, compared = [] }: Change): boolean {
  const first = heads.find(({ key, expected }) => expected === 0 && key.kind !== "event")?.key;
  return (
    first !== undefined && compared.some(({ key, expected }) => expected > 0 && compareKeys(first, key) < 0)
  );
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
  const compared = comparedShapes(change);
  if (heads === null || compared === null) return null;
  const rows = sideRows([change]);
  const shape: OneShape = { heads, compared, sides: countsOfOne(rows), skipsLocked };
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
  const compared = changes.flatMap((change) => change.compared ?? []).filter(({ expected }) => expected > 0);
  const isFree = ({ key }: { readonly key: Key }) => place.locked?.has(lockName(key)) !== true;
  const left = heads.filter(isFree);
  if (heads.length + compared.length < 2 || !left.some(({ expected }) => expected === 0)) return;
  const doing = describe(changes);
  for (const kind of kinds) {
    const keysOf = (those: readonly { readonly key: Key }[]) =>
      those.flatMap(({ key }) => (key.kind === kind ? [key] : []));
    const written = keysOf(left);
    const shared = distinct(keysOf(compared.filter(isFree)));
    // In one order, and so in one strength where both are of one kind.
    if (written.length > 0)
      await lockHeads(place, { kind, keys: [...written, ...shared].toSorted(compareKeys), doing });
    else if (shared.length > 0) await shareHeads(place, { kind, keys: shared, doing });
  }
}

function distinct(keys: readonly Key[]): readonly Key[] {
  return [...new Map(keys.map((key) => [lockName(key), key])).values()];
}

const letters: Readonly<Record<Part, string>> = {
  ticket: "t",
  customer: "c",
  event: "e",
  workspace: "w",
  vs_ticket: "T",
  vs_customer: "C",
  vs_event: "E",
  vs_workspace: "W",
  forget: "f",
  token: "l",
  named: "n",
  put: "p",
  move: "m",
  exclusion: "x",
  journal: "j",
  delta: "d",
  spread: "s",
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
