import type { Change, HeadKind, WriteOutcome } from "@csat/core";
import { sql } from "drizzle-orm";
import { rowsFrom } from "./executor.ts";
import {
  dueTableOf,
  joined,
  keyFields,
  keysAsJson,
  kinds,
  lockHeads,
  lockName,
  type Place,
  tableOf,
} from "./read-heads.ts";
import { databaseNow, number, text } from "./row.ts";
import { writeAccepted } from "./write-accepted.ts";
import { type Compared, comparedOf, compareKeys, type HeadOf, headsOf } from "./write-rows.ts";

/**
 * Writes each change whole or not at all, within a transaction: locks the records, compares their versions and leases, and
 * writes the changes of which all hold.
 *
 * Alone (`waits: false`) the only thing that is waited for is whoever inserts the same new record, and new records come
 * first: whoever is waited for then holds nothing but what it inserted, in key order. A known record that somebody has
 * locked is a conflict at once. In a transaction that does more, all records of a kind are locked in key order.
 */
export async function writeChanges(
  place: Place,
  { changes, waits }: { readonly changes: readonly Change[]; readonly waits: boolean },
): Promise<readonly WriteOutcome[]> {
  if (changes.length === 0) return [];
  const doing = describe(changes);
  const outcomes: WriteOutcome[] = changes.map(() => "written");
  const byKind = headsOf(changes);
  const all = [...byKind].filter(([, heads]) => heads.length > 0);
  if (!waits) for (const [kind, heads] of all) await insertNew(place, { heads, kind, doing });
  const compared = comparedOf(changes);
  for (const kind of kinds) {
    if (waits) await lockBoth(place, { heads: byKind.get(kind) ?? [], compared, kind, doing });
    if (compared[0]?.key.kind === kind)
      for (const change of await mismatches(place, { compared, doing, waits })) outcomes[change] = "conflict";
    const heads = byKind.get(kind) ?? [];
    if (heads.length === 0) continue;
    if (waits) await lockAll(place, { heads, kind, doing });
    for (const change of await conflicts(place, { heads, kind, doing, waits })) outcomes[change] = "conflict";
  }
  for (const [kind, heads] of all)
    for (const change of await lostLeases(place, { heads, kind, doing }))
      if (outcomes[change] === "written") outcomes[change] = "lost_lease";
  const isAccepted = (change: number) => outcomes[change] === "written";
  if (!waits) await removeUnwritten(place, { heads: all.flatMap(([, those]) => those), isAccepted, doing });
  const accepted = changes.filter((_, change) => isAccepted(change));
  if (accepted.length === 0) return outcomes;
  const heads = all.map(([kind, those]) => [kind, those.filter(({ change }) => isAccepted(change))] as const);
  await writeAccepted(place, { changes: accepted, heads: new Map(heads), doing });
  return outcomes;
}

interface OfKind {
  readonly heads: readonly HeadOf[];
  readonly kind: HeadKind;
  readonly doing: string;
}

async function insertNew(place: Place, { heads, kind, doing }: OfKind): Promise<void> {
  const keys = heads.filter(({ head }) => head.expected === 0).map(({ head }) => head.key);
  if (keys.length > 0) await lockHeads(place, { kind, keys, doing });
}

/**
 * Takes back the rows that were inserted for new events of changes that are not written. Other records will be written by
 * somebody, who needs their rows; an event has an id of its own, which never comes again.
 */
async function removeUnwritten(
  { executor, tables, prepared, input }: Place,
  {
    heads,
    isAccepted,
    doing,
  }: {
    readonly heads: readonly HeadOf[];
    readonly isAccepted: (change: number) => boolean;
    readonly doing: string;
  },
): Promise<void> {
  const unwritten = heads.filter(
    ({ change, head }) => head.key.kind === "event" && head.expected === 0 && !isAccepted(change),
  );
  if (unwritten.length === 0) return;
  const build = () =>
    sql`delete h from ${input(sql.placeholder("keys"), keyFields)} ${joined(tables.events, "h")} where h.version = 0`;
  const keys = keysAsJson(unwritten.map(({ head }) => head.key));
  await rowsFrom(executor, doing, prepared.statement("unwritten_events", build, { keys }));
}

/** Where one is new all of them are locked in one pass; where none is, comparing them locks. */
async function lockAll(place: Place, { heads, kind, doing }: OfKind): Promise<void> {
  const left = heads.filter(({ head }) => place.locked?.has(lockName(head.key)) !== true);
  if (!left.some(({ head }) => head.expected === 0)) return;
  await lockHeads(place, { kind, keys: left.map(({ head }) => head.key), doing });
}

/**
 * Where records of one kind are written and others of it are compared, all of them are locked in one pass: two
 * transactions that each write what the other one compares would be a deadlock.
 */
async function lockBoth(
  { executor, tables, prepared, input }: Place,
  { heads, compared, kind, doing }: OfKind & { readonly compared: readonly Compared[] },
): Promise<void> {
  const beside = compared.filter(({ key }) => key.kind === kind).map(({ key }) => key);
  if (heads.length === 0 || beside.length === 0) return;
  const keys = [...heads.map(({ head }) => head.key), ...beside].toSorted(compareKeys);
  const build = () => sql`select 1 from ${input(sql.placeholder("keys"), keyFields)}
${joined(tables[tableOf[kind]], "h")} for update`;
  const statement = prepared.statement(`lock_both_${kind}`, build, { keys: keysAsJson(keys) });
  await rowsFrom(executor, doing, statement);
}

/** Places of changes whose record is at another version, is gone, or is locked where nothing waits. */
async function conflicts(
  { executor, tables, prepared, input }: Place,
  { heads, kind, doing, waits }: OfKind & { readonly waits: boolean },
): Promise<readonly number[]> {
  const build = () => sql`select x.o as o, h.version as v from ${input(sql.placeholder("keys"), keyFields)}
${joined(tables[tableOf[kind]], "h")} for update${sql.raw(waits ? "" : " skip locked")}`;
  const keys = keysAsJson(heads.map(({ head }) => head.key));
  const rows = await rowsFrom(
    executor,
    doing,
    prepared.statement(`versions_${kind}_${waits}`, build, { keys }),
  );
  const versions = new Map(rows.map((row) => [number(row, "o"), number(row, "v")]));
  return heads.flatMap(({ change, head }, index) =>
    versions.get(index + 1) === head.expected ? [] : [change],
  );
}

/**
 * Places of changes that were compared with another version, all kinds in one statement. What is stored is shared with
 * whoever compares it too; whoever writes it waits, or has a conflict, until this transaction ends. For what is not stored
 * no row is made: that would wait for whoever is storing it.
 */
async function mismatches(
  { executor, tables, prepared, input, sharedIfFree }: Place,
  {
    compared,
    doing,
    waits,
  }: { readonly compared: readonly Compared[]; readonly doing: string; readonly waits: boolean },
): Promise<readonly number[]> {
  const present = kinds.filter((kind) => compared.some(({ key }) => key.kind === kind));
  const build = () =>
    sql.join(
      present.map(
        (kind) => sql`(select ${sql.raw(`'${kind}'`)} as kind, x.o as o, h.version as v
from ${input(sql.placeholder(kind), keyFields)} ${joined(tables[tableOf[kind]], "h")} ${waits ? sql`lock in share mode` : sharedIfFree})`,
      ),
      sql` union all `,
    );
  const values: Record<string, string> = {};
  const of = (kind: HeadKind) => compared.filter(({ key }) => key.kind === kind);
  for (const kind of present) values[kind] = keysAsJson(of(kind).map(({ key }) => key));
  const statement = prepared.statement(`compared_${present.join("_")}_${waits}`, build, values);
  const rows = await rowsFrom(executor, doing, statement);
  const versions = new Map(rows.map((row) => [`${text(row, "kind")} ${number(row, "o")}`, number(row, "v")]));
  return present.flatMap((kind) =>
    of(kind).flatMap(({ change, expected }, index) =>
      (versions.get(`${kind} ${index + 1}`) ?? 0) === expected ? [] : [change],
    ),
  );
}

/** Places of changes whose lease is not held now. Looked at under a lock, behind that of the record. */
async function lostLeases(place: Place, { heads, kind, doing }: OfKind): Promise<readonly number[]> {
  const leased = heads.filter(({ head }) => head.lease !== undefined);
  const due = dueTableOf(place, kind);
  if (leased.length === 0 || due === null) return leased.map(({ change }) => change);
  const build = () => sql`select x.o as o, d.lease_id = x.l and d.lease_until > ${databaseNow} as is_held
from ${place.input(sql.placeholder("keys"), { ...keyFields, l: "id" })} ${joined(due, "d")} for update`;
  const keys = JSON.stringify(
    leased.map(({ head: { key, lease } }) => ({ w: key.workspaceId, i: key.id, l: lease?.id })),
  );
  const rows = await rowsFrom(
    place.executor,
    doing,
    place.prepared.statement(`leases_${kind}`, build, { keys }),
  );
  const held = new Set(rows.filter((row) => Number(row.is_held) === 1).map((row) => number(row, "o")));
  return leased.flatMap(({ change }, index) => (held.has(index + 1) ? [] : [change]));
}

function describe(changes: readonly Change[]): string {
  const key = changes[0]?.heads[0]?.key;
  if (key === undefined) return "writing nothing";
  const first = `${key.kind} ${key.id} of workspace ${key.workspaceId}`;
  return changes.length === 1
    ? `writing ${first}`
    : `writing ${changes.length} records, the first of them ${first}`;
}
