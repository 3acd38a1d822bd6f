import { type Claimed, type ClaimRequest, CsatError } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { rowsFrom, type Statement } from "./executor.ts";
import { type Place, tableOf, toHead } from "./read-heads.ts";
import { flag, isNull, milliseconds, number, type Row, text, time } from "./row.ts";

const promotedAtOnce = 1_000;
// So many at most: a claim stays short after an outage. Whoever came due behind 20,000 others waits for the next claims.
const promotionsPerClaim = 20;

// Other workers look at the same rows in the same moment: a claim looks at a multiple of what it wants, and deeper when
// some of those were taken.
const depths = [4, 32];

/**
 * Leases due rows. Whose time has come is first marked as ready, a thousand at a time: what waits is in no index that a
 * claim reads. Never waits for a lock, and never returns a row that somebody else holds. When it answers fewer than asked
 * for, every other row was held or locked: the last look takes whatever is free, without turns.
 */
export async function claimDue(place: Place, ask: ClaimRequest): Promise<readonly Claimed[]> {
  const { kind, limit } = ask;
  if (kind !== "ticket" && kind !== "event")
    throw new CsatError("invalid_input", `Nothing is ever due for a ${kind}: claim tickets or events.`);
  const due = kind === "ticket" ? place.tables.due_tickets : place.tables.due_events;
  const doing = `claiming due ${kind}s`;
  await promote(place, { due, ask, doing });
  const claimed: Claimed[] = [];
  const looks = [
    ...depths.map((depth) => (limit: number) => inTurns(place, { due, ask, limit, depth: limit * depth })),
    (limit: number) => whateverIsFree(place, { due, ask, limit }),
  ];
  for (const look of looks) {
    try {
      const rows = await rowsFrom(place.executor, doing, look(limit - claimed.length));
      const taken = rows.filter((row) => !isNull(row, "lease_id"));
      for (const row of taken) claimed.push(toClaimed(kind, row));
      const [first] = rows;
      const seen = first === undefined ? 0 : number(first, "seen");
      if (claimed.length >= limit || seen <= taken.length) break;
    } catch (error) {
      // Outside a transaction, what is leased already is worked on; the next claim fails by itself.
      if (claimed.length === 0 || place.locked !== undefined) throw error;
      break;
    }
  }
  return claimed;
}

interface Asked {
  readonly due: SQL;
  readonly ask: ClaimRequest;
}

async function promote(
  { executor, prepared }: Place,
  { due, ask: { kind, now }, doing }: Asked & { readonly doing: string },
): Promise<void> {
  const build = () => sql`with come as materialized (
  select workspace_id, id from ${due} where not ready and wake_at is not null and wake_at <= ${sql.placeholder("now")}::timestamptz
  order by wake_at limit ${sql.raw(String(promotedAtOnce))} for update skip locked
), promoted as (
  update ${due} d set ready = true from come where d.workspace_id = come.workspace_id and d.id = come.id returning 1
)
select count(*)::int as promoted from promoted`;
  for (let round = 0; round < promotionsPerClaim; round++) {
    const [row] = await rowsFrom(
      executor,
      doing,
      prepared.statement(`promote_${kind}`, build, { now: now.toISOString() }),
    );
    if (row === undefined || number(row, "promoted") < promotedAtOnce) return;
  }
}

/**
 * Steps from one workspace with something free to the next through the index, beginning behind the one that had the
 * last turn, and reads the first rows of each: a flood in one is not read to find the others. Rows under lease are
 * stepped over; there are no more of them than workers have places. S58
 */
function inTurns(
  { tables, prepared }: Place,
  { due, ask, limit, depth }: Asked & { readonly limit: number; readonly depth: number },
): Statement {
  const { kind, after, exceptWorkspaces = [] } = ask;
  const wanted = sql`${sql.placeholder("depth")}::int`;
  const afterText = sql`${sql.placeholder("after")}::text`;
  // Two ways round: behind the last turn, then from the first on. Each stops when it has found enough workspaces.
  const way = (name: string, first: SQL, last: SQL) => sql`${sql.raw(name)} as (
  (select d.workspace_id, 1 as n from ${due} d where ${isFree} and ${first} and ${last} order by d.workspace_id limit 1)
  union all
  select (
    select d.workspace_id from ${due} d where ${isFree} and d.workspace_id > w.workspace_id and ${last}
    order by d.workspace_id limit 1
  ), w.n + 1 from ${sql.raw(name)} w where w.workspace_id is not null and w.n < ${sql.placeholder("most")}::int
)`;
  const build = () => sql`with recursive ${way("behind", sql`d.workspace_id > ${afterText}`, sql`true`)},
${way("before", sql`d.workspace_id >= ''`, sql`d.workspace_id <= ${afterText}`)},
turns as materialized (
  select workspace_id, row_number() over () as turn from (
    select workspace_id from behind where workspace_id is not null
    union all select workspace_id from before where workspace_id is not null
  ) w where workspace_id not in ${excepted}
), candidates as materialized (
  select head.*, turns.turn from turns cross join lateral (
    select d.workspace_id, d.id, d.lease_until is not null as resumed, row_number() over (order by d.wake_at, d.id) as place
    from ${due} d where d.workspace_id = turns.workspace_id and ${isFree}
    order by d.wake_at, d.id limit ${wanted}
  ) head order by head.place, turns.turn limit ${wanted}
), locked as materialized (
  select d.workspace_id, d.id, c.resumed, c.place, c.turn from candidates c
    join ${due} d on d.workspace_id = c.workspace_id and d.id = c.id
  where ${isFree} order by c.place, c.turn limit ${sql.placeholder("limit")}::int for update of d skip locked
), ${leasing({ due, heads: tables[tableOf[kind]], seen: sql`candidates` })}`;
  return prepared.statement(`claim_${kind}`, build, {
    ...valuesOf(ask, limit),
    depth,
    after: after ?? "",
    most: depth + exceptWorkspaces.length,
  });
}

/** When all that stands first is locked at this moment: what stands behind it, in the order of the index. */
function whateverIsFree(
  { tables, prepared }: Place,
  { due, ask, limit }: Asked & { readonly limit: number },
): Statement {
  const { kind } = ask;
  const build = () => sql`with locked as materialized (
  select d.workspace_id, d.id, d.lease_until is not null as resumed, 1 as place, 1 as turn from ${due} d
  where ${isFree} and d.workspace_id not in ${excepted}
  order by d.workspace_id, d.wake_at, d.id limit ${sql.placeholder("limit")}::int for update of d skip locked
), ${leasing({ due, heads: tables[tableOf[kind]], seen: sql`locked` })}`;
  return prepared.statement(`claim_free_${kind}`, build, valuesOf(ask, limit));
}

const isFree = sql`d.ready and d.wake_at <= ${sql.placeholder("now")}::timestamptz and (d.lease_until is null or d.lease_until <= clock_timestamp())`;
const excepted = sql`(select jsonb_array_elements_text(${sql.placeholder("except")}::text::jsonb))`;

function valuesOf({ now, leaseForMs, exceptWorkspaces = [] }: ClaimRequest, limit: number) {
  return { now: now.toISOString(), limit, leaseForMs, except: JSON.stringify(exceptWorkspaces) };
}

/**
 * Leases what is `locked`, and reads the records. One row without a lease where there is nothing. What is due of a record
 * that is gone goes instead: whoever made it due again while an erase began leaves such a row, which the erase cannot see.
 */
function leasing({ due, heads, seen }: { readonly due: SQL; readonly heads: SQL; readonly seen: SQL }): SQL {
  const isThere = sql`exists (select 1 from ${heads} h where h.workspace_id = locked.workspace_id and h.id = locked.id)`;
  return sql`orphaned as (
  delete from ${due} d using locked where d.workspace_id = locked.workspace_id and d.id = locked.id and not ${isThere}
), leased as (
  update ${due} d set lease_id = gen_random_uuid()::text,
    lease_until = clock_timestamp() + ${sql.placeholder("leaseForMs")}::float8 * interval '1 millisecond'
  from locked where d.workspace_id = locked.workspace_id and d.id = locked.id and ${isThere}
  returning d.workspace_id as w, d.id as i, d.lease_id, d.wake_at, d.first_due_at, locked.resumed, locked.place, locked.turn
)
select leased.w, leased.i, leased.lease_id, leased.resumed, ${milliseconds(sql`leased.wake_at`)} as wake_at,
  ${milliseconds(sql`leased.first_due_at`)} as first_due_at, h.version as v, h.state::text as state, looked.*
from (select count(*)::int as seen from ${seen}) looked left join leased on true
  left join ${heads} h on h.workspace_id = leased.w and h.id = leased.i
order by leased.place, leased.turn, leased.wake_at, leased.i`;
}

function toClaimed(kind: "ticket" | "event", row: Row): Claimed {
  return {
    head: toHead({ kind, workspaceId: text(row, "w"), id: text(row, "i") }, row),
    leaseId: text(row, "lease_id"),
    resumed: flag(row, "resumed"),
    due: { kind: "waiting", wakeAt: time(row, "wake_at"), firstDueAt: time(row, "first_due_at") },
  };
}
