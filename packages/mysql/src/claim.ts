import { type Claimed, type ClaimRequest, CsatError, compareText } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { rowsFrom } from "./executor.ts";
import { columnsOf, dueTableOf, joined, keyFields, type Place, tableOf, toHead } from "./read-heads.ts";
import { databaseNow, milliseconds, number, type Row, stored, text, time } from "./row.ts";

const promotedAtOnce = 1_000;
// So many at most: a claim stays short after an outage. Whoever came due behind 20,000 others waits for the next claims.
const promotionsPerClaim = 20;

// Other workers look at the same rows in the same moment: a claim looks at a multiple of what it wants, and deeper when
// some of those were taken.
const depths = [4, 32];

/** Runs a step that locks: in a transaction of its own, or in the one that is open. */
type Whole = <Result>(step: (place: Place) => Promise<Result>) => Promise<Result>;

/**
 * Leases due rows. Whose time has come is first marked as ready, a thousand at a time: what waits is in no index that a
 * claim reads. Never waits for a lock, and never returns a row that somebody else holds. When it answers fewer than asked
 * for, every other row was held or locked: the last look takes whatever is free, without turns.
 *
 * Candidates are read without locks and locked by their primary key: a claim that locked what it walks through in an index
 * would hold entries that others, who hold the rows, are about to change.
 */
export async function claimDue(place: Place, ask: ClaimRequest, whole: Whole): Promise<readonly Claimed[]> {
  const { kind, limit } = ask;
  const due = dueTableOf(place, kind);
  if (due === null || (kind !== "ticket" && kind !== "event"))
    throw new CsatError("invalid_input", `Nothing is ever due for a ${kind}: claim tickets or events.`);
  const asked: Asked = { ask, kind, due, doing: `claiming due ${kind}s` };
  await promote(place, asked, whole);
  const claimed: Claimed[] = [];
  for (const depth of [...depths, null]) {
    try {
      const wanted = limit - claimed.length;
      const found = depth === null ? null : await inTurns(place, asked, wanted * depth);
      if (found?.keys.length === 0) break;
      const taken = await whole((inside) => lease(inside, asked, { wanted, found: found?.keys ?? null }));
      claimed.push(...taken);
      if (claimed.length >= limit || (found?.isAll === true && found.keys.length <= taken.length)) break;
    } catch (error) {
      // Outside a transaction, what is leased already is worked on; the next claim fails by itself.
      if (claimed.length === 0 || place.locked !== undefined) throw error;
      break;
    }
  }
  return claimed;
}

interface Asked {
  readonly ask: ClaimRequest;
  readonly kind: "ticket" | "event";
  readonly due: SQL;
  readonly doing: string;
}

interface DueKey {
  readonly w: string;
  readonly i: string;
}

async function promote(place: Place, { ask, kind, due, doing }: Asked, whole: Whole): Promise<void> {
  const hasCome = (alias: string) => sql.raw(`${alias}ready = 0 and ${alias}wake_at <= `);
  const values = { now: stored(ask.now) };
  for (let round = 0; round < promotionsPerClaim; round++) {
    const come =
      () => sql`select workspace_id as w, id as i from ${due} where ${hasCome("")} ${sql.placeholder("now")}
order by wake_at limit ${sql.raw(String(promotedAtOnce))}`;
    const found = await rowsFrom(
      place.executor,
      doing,
      place.prepared.statement(`claim_come_${kind}`, come, values),
    );
    if (found.length === 0) return;
    await whole(async ({ executor, prepared, input }) => {
      const lock =
        () => sql`select x.w as w, x.i as i from ${input(sql.placeholder("keys"), keyFields)} ${joined(due, "d")}
where ${hasCome("d.")} ${sql.placeholder("now")} for update skip locked`;
      const keys = inKeyOrder(found.map(keyOf));
      const locked = await rowsFrom(
        executor,
        doing,
        prepared.statement(`claim_promotable_${kind}`, lock, { ...values, keys: JSON.stringify(keys) }),
      );
      if (locked.length === 0) return;
      const mark = () =>
        sql`update ${input(sql.placeholder("keys"), keyFields)} ${joined(due, "d")} set d.ready = 1`;
      const statement = prepared.statement(`claim_promote_${kind}`, mark, {
        keys: JSON.stringify(locked.map(keyOf)),
      });
      await rowsFrom(executor, doing, statement);
    });
    if (found.length < promotedAtOnce) return;
  }
}

const isFree = sql`d.ready = 1 and d.wake_at <= ${sql.placeholder("now")} and (d.lease_until is null or d.lease_until <= ${databaseNow})`;

/**
 * The first rows of each workspace that has some, by turns, `depth` at most. MySQL jumps from one workspace to the next in
 * the index (a loose scan), beginning behind the one that had the last turn, and reads the first rows of each: a flood in
 * one is not read to find the others. Rows under lease are stepped over; there are no more of them than workers have
 * places. S58
 */
async function inTurns(
  { executor, prepared }: Place,
  { ask, kind, due, doing }: Asked,
  depth: number,
): Promise<{ readonly keys: readonly DueKey[]; readonly isAll: boolean }> {
  const { after, exceptWorkspaces = [] } = ask;
  const now = stored(ask.now);
  const most = roundedUp(depth + exceptWorkspaces.length);
  const way = (
    comparison: string,
  ) => sql`(select ready, workspace_id as w, min(wake_at) as first from ${due} force index (${sql.raw(`due_${kind}s_ready_idx`)})
where ready = 1 and workspace_id ${sql.raw(comparison)} ${sql.placeholder("after")} group by ready, workspace_id
order by ready, workspace_id limit ${sql.raw(String(most))})`;
  const turns = await rowsFrom(
    executor,
    doing,
    prepared.statement(`claim_turns_${kind}_${most}`, () => sql`${way(">")} union all ${way("<=")}`, {
      after: after ?? "",
    }),
  );
  const excepted = new Set(exceptWorkspaces);
  const workspaces = [...new Set(turns.map((row) => text(row, "w")))]
    .filter((workspaceId) => !excepted.has(workspaceId))
    .slice(0, depth);
  if (workspaces.length === 0) return { keys: [], isAll: true };
  // As many of each as give the depth when all have so many; a workspace with more waits for the next look.
  const each = roundedUp(Math.ceil(depth / workspaces.length));
  const found: (DueKey & { readonly place: number; readonly turn: number })[] = [];
  for (let from = 0; from < workspaces.length; from += workspacesAtOnce) {
    const some = workspaces.slice(from, from + workspacesAtOnce);
    const slots = roundedUp(some.length);
    const branch = (slot: number) => sql`(select ${sql.raw(String(slot))} as slot, d.id as i
from ${due} d force index (${sql.raw(`due_${kind}s_ready_idx`)}) where d.workspace_id = ${sql.placeholder(`w${slot}`)} and ${isFree}
order by d.wake_at, d.id limit ${sql.raw(String(each))})`;
    const build = () =>
      sql.join(
        Array.from({ length: slots }, (_, slot) => branch(slot)),
        sql` union all `,
      );
    const values: Record<string, unknown> = { now };
    for (let slot = 0; slot < slots; slot++) values[`w${slot}`] = some[slot] ?? null;
    const rows = await rowsFrom(
      executor,
      doing,
      prepared.statement(`claim_first_${kind}_${slots}_${each}`, build, values),
    );
    const places = new Map<number, number>();
    for (const row of rows) {
      const slot = number(row, "slot");
      const place = places.get(slot) ?? 0;
      places.set(slot, place + 1);
      found.push({ w: some[slot] ?? "", i: text(row, "i"), place, turn: from + slot });
    }
  }
  const inOrder = found.toSorted((one, other) => one.place - other.place || one.turn - other.turn);
  const isAll = found.length <= depth && found.every(({ place }) => place < each - 1);
  return { keys: inOrder.slice(0, depth).map(({ w, i }) => ({ w, i })), isAll };
}

const workspacesAtOnce = 64;

/** A power of two: so a driver prepares few texts. */
function roundedUp(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, count)));
}

/**
 * Leases the first `wanted` of those that are found free still, or of all when none are named, and reads the records. What
 * is due of a record that is gone goes instead: whoever made it due again while an erase began leaves such a row, which the
 * erase cannot see.
 */
async function lease(
  { executor, prepared, tables, input }: Place,
  { ask, kind, due, doing }: Asked,
  { wanted, found }: { readonly wanted: number; readonly found: readonly DueKey[] | null },
): Promise<readonly Claimed[]> {
  const columns = sql`d.workspace_id as w, d.id as i, d.lease_until is not null as resumed,
  ${milliseconds(sql`d.wake_at`)} as wake_at, ${milliseconds(sql`d.first_due_at`)} as first_due_at`;
  const ending = sql`limit ${sql.raw(String(wanted))} for update skip locked`;
  const excepted = { x: "id" } as const;
  const build = () =>
    found === null
      ? sql`select ${columns} from ${due} d force index (${sql.raw(`due_${kind}s_ready_idx`)}) where ${isFree}
  and d.workspace_id not in (select x.x from ${input(sql.placeholder("except"), excepted)})
order by d.ready, d.workspace_id, d.wake_at, d.id ${ending}`
      : sql`select ${columns} from ${input(sql.placeholder("keys"), keyFields)} ${joined(due, "d")} where ${isFree} ${ending}`;
  const locked = await rowsFrom(
    executor,
    doing,
    prepared.statement(`claim_lockable_${kind}_${wanted}_${found === null}`, build, {
      now: stored(ask.now),
      keys: JSON.stringify(found ?? []),
      except: JSON.stringify((ask.exceptWorkspaces ?? []).map((x) => ({ x }))),
    }),
  );
  if (locked.length === 0) return [];
  const leases = locked.map((row) => ({ ...keyOf(row), l: crypto.randomUUID() }));
  const keys = JSON.stringify(leases);
  const take =
    () => sql`update ${input(sql.placeholder("keys"), { ...keyFields, l: "id" })} ${joined(due, "d")}
set d.lease_id = x.l, d.lease_until = ${databaseNow} + interval ${sql.placeholder("us")} microsecond`;
  const us = String(Math.round(ask.leaseForMs * 1000));
  await rowsFrom(executor, doing, prepared.statement(`claim_lease_${kind}`, take, { keys, us }));
  const read = () => sql`select ${columnsOf(kind)}, x.o as o from ${input(sql.placeholder("keys"), keyFields)}
${joined(tables[tableOf[kind]], "h")}`;
  const heads = await rowsFrom(executor, doing, prepared.statement(`claim_leased_${kind}`, read, { keys }));
  const records = new Map(heads.map((row) => [number(row, "o"), row]));
  const orphaned = leases.filter((_, index) => !records.has(index + 1));
  if (orphaned.length > 0) {
    const remove = () => sql`delete d from ${input(sql.placeholder("keys"), keyFields)} ${joined(due, "d")}`;
    const those = { keys: JSON.stringify(orphaned) };
    await rowsFrom(executor, doing, prepared.statement(`claim_orphaned_${kind}`, remove, those));
  }
  return locked.flatMap((row, index) => {
    const head = records.get(index + 1);
    return head === undefined ? [] : [toClaimed(kind, { row, head, leaseId: leases[index]?.l ?? "" })];
  });
}

function toClaimed(
  kind: "ticket" | "event",
  { row, head, leaseId }: { readonly row: Row; readonly head: Row; readonly leaseId: string },
): Claimed {
  return {
    head: toHead({ kind, workspaceId: text(row, "w"), id: text(row, "i") }, head),
    leaseId,
    resumed: number(row, "resumed") === 1,
    due: { kind: "waiting", wakeAt: time(row, "wake_at"), firstDueAt: time(row, "first_due_at") },
  };
}

function keyOf(row: Row): DueKey {
  return { w: text(row, "w"), i: text(row, "i") };
}

function inKeyOrder(keys: readonly DueKey[]): readonly DueKey[] {
  return keys.toSorted((one, other) => compareText(one.w, other.w) || compareText(one.i, other.i));
}
