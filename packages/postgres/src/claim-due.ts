import type { ClaimRequest } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { number, type Row } from "./row.ts";
import type { Session } from "./session.ts";

/** A queue: a narrow table of due work beside the rows that the work is about. */
export interface Queue {
  readonly doing: string;
  /** Table of due work, alias `d`: workspace_id, the column `key`, wake_at, lease_id, lease_until. */
  readonly due: SQL;
  readonly key: SQL;
  /** Columns of `d` that order a workspace's due work, oldest first; an index starts with workspace_id and these. */
  readonly order: SQL;
  /** Table of the rows themselves, alias `s`: workspace_id, id. */
  readonly target: SQL;
  /** True for rows that may be claimed at all. */
  readonly claimable: SQL;
  /**
   * Returns the rows of the relation `leased`, which holds the locked rows as they are now, and lease_id, resumed, rank
   * and wake_at; on its way it may mark them as taken.
   */
  readonly take: SQL;
  /** The columns of `take`, alias `s`, that make the row. */
  readonly columns: SQL;
}

// A claim looks at a multiple of what it wants when other claims hold the oldest rows just now. Each round looks deeper.
const depthFactors = [1, 4, 16, 64, 256];

/**
 * Leases due rows: the oldest of every workspace, then the second oldest of every workspace, and so on. Never waits for
 * a lock, so it cannot be part of a deadlock, and never returns a row that somebody else holds.
 */
export async function claimDue(
  session: Session,
  { queue, claim }: { readonly queue: Queue; readonly claim: ClaimRequest },
): Promise<readonly Row[]> {
  if (claim.only !== undefined && claim.exceptWorkspaces?.includes(claim.only.workspaceId)) return [];
  const claimed: Row[] = [];
  for (const factor of depthFactors) {
    const limit = claim.limit - claimed.length;
    if (limit <= 0) break;
    const rows = await session.execute(
      queue.doing,
      claimStatement(queue, { ...claim, limit, depth: limit * factor }),
    );
    const taken = rows.filter((row) => typeof row.lease_id === "string");
    claimed.push(...taken);
    const [first] = rows;
    const seen = first === undefined ? 0 : number(first, "seen");
    // Fewer than wanted although more were seen: the others were locked at that moment.
    if (taken.length >= seen) break;
  }
  return claimed;
}

function claimStatement(queue: Queue, claim: ClaimRequest & { readonly depth: number }): SQL {
  const now = sql`${claim.now.toISOString()}::timestamptz`;
  // Leases end by the database's clock: the clocks of the workers may differ. S10
  const free = sql`(d.lease_until is null or d.lease_until <= clock_timestamp())`;
  const generation = claim.only?.generation;
  const isAsked = generation === undefined ? sql`true` : sql`s.generation = ${generation}::int`;
  const isDue = sql`d.wake_at <= ${now} and ${free}`;
  const isClaimable = sql`${queue.claimable} and ${isAsked}`;
  const candidates =
    claim.only === undefined
      ? everyWorkspace(queue, claim, { isDue, isClaimable })
      : one(queue, claim.only, sql`${isDue} and ${isClaimable}`);
  // Under the lock everything is asked again: the row may have changed since it was looked up.
  // Materialized, because the planner may run an inlined SKIP LOCKED sub-select twice and pass the limit.
  return sql`with recursive ${candidates}, locked as materialized (
  select s.*, c.rank, c.wake_at, d.lease_until is not null as resumed
  from candidates c
    join ${queue.due} d on d.workspace_id = c.workspace_id and d.${queue.key} = c.id
    join ${queue.target} s on s.workspace_id = c.workspace_id and s.id = c.id
  where ${isDue} and ${isClaimable}
  order by c.rank, c.wake_at, c.workspace_id limit ${claim.limit}::bigint
  for update of d, s skip locked
), leased as (
  update ${queue.due} d set lease_id = gen_random_uuid()::text,
    lease_until = clock_timestamp() + ${claim.leaseForMs}::float8 * interval '1 millisecond'
  from locked where d.workspace_id = locked.workspace_id and d.${queue.key} = locked.id
  returning locked.*, d.lease_id
), taken as (
  ${queue.take}
)
select seen.seen, s.lease_id, s.resumed, ${queue.columns}
from (select count(*)::int as seen from candidates) seen left join taken s on true
order by s.rank, s.wake_at, s.workspace_id`;
}

/**
 * The recursive part steps from one workspace to the next through the index (a loose index scan), and the lateral part
 * reads the head of each: a flood in one workspace is not read to find the others. S58
 */
function everyWorkspace(
  queue: Queue,
  claim: ClaimRequest & { readonly depth: number },
  { isDue, isClaimable }: { readonly isDue: SQL; readonly isClaimable: SQL },
): SQL {
  // OFFSET 0 keeps the planner from making this a join of everything that is due: 1.2 s instead of 0.1 s for 200,000 rows.
  const excluded = JSON.stringify(claim.exceptWorkspaces ?? []);
  return sql`workspaces as (
  (select workspace_id from ${queue.due} order by workspace_id limit 1)
  union all
  select (
    select next.workspace_id from ${queue.due} next where next.workspace_id > workspaces.workspace_id
    order by next.workspace_id limit 1
  ) from workspaces where workspaces.workspace_id is not null
), candidates as materialized (
  select head.* from workspaces cross join lateral (
    select d.workspace_id, d.${queue.key} as id, d.wake_at, row_number() over (order by ${queue.order}) as rank
    from ${queue.due} d
    where d.workspace_id = workspaces.workspace_id and ${isDue} and exists (
      select 1 from ${queue.target} s
      where s.workspace_id = d.workspace_id and s.id = d.${queue.key} and ${isClaimable} offset 0
    )
    order by ${queue.order} limit ${claim.depth}::bigint
  ) head
  where workspaces.workspace_id is not null
    and workspaces.workspace_id <> all (select jsonb_array_elements_text(${excluded}::text::jsonb))
  order by head.rank, head.wake_at, head.workspace_id limit ${claim.depth}::bigint
)`;
}

function one(queue: Queue, only: NonNullable<ClaimRequest["only"]>, isDue: SQL): SQL {
  return sql`candidates as materialized (
  select d.workspace_id, d.${queue.key} as id, d.wake_at, 1 as rank
  from ${queue.due} d join ${queue.target} s on s.workspace_id = d.workspace_id and s.id = d.${queue.key}
  where d.workspace_id = ${only.workspaceId}::text and d.${queue.key} = ${only.id}::text and ${isDue}
)`;
}
