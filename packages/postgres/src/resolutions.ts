import type { Resolution, ResolutionStore } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { describeTickets } from "./describe-tickets.ts";
import { inputRows, ticketColumns } from "./input-rows.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";

/** Who resolved each ticket first. */
export function resolutionStore(session: Session, tables: TableNames): ResolutionStore {
  return {
    async record(resolutions) {
      if (resolutions.length === 0) return;
      const doing = `recording who resolved ${describeTickets(resolutions)}`;
      await session.atomically(async (transaction) => {
        const moved = await transaction.execute(doing, keepEarliest(tables, resolutions));
        // The second statement sees surveys that were armed while the first one waited for their tickets.
        if (moved.length > 0) await transaction.execute(doing, moveSurveys(tables, resolutions));
      });
    },
  };
}

function keepEarliest(tables: TableNames, resolutions: readonly Resolution[]): SQL {
  const input = resolutions.map(({ workspaceId, ticketId, actorId, resolvedAt }) => ({
    workspace_id: workspaceId,
    ticket_id: ticketId,
    actor_id: actorId,
    resolved_at: resolvedAt,
  }));
  const columns = sql`${ticketColumns}, actor_id text collate "C", resolved_at timestamptz`;
  // The condition decides what is written; every row of the batch is locked in either case.
  return sql`insert into ${tables.tickets} as t (workspace_id, ticket_id, first_resolved_at, first_actor_id)
select distinct on (workspace_id, ticket_id) workspace_id, ticket_id, resolved_at, actor_id
from ${inputRows(input, columns)}
order by workspace_id, ticket_id, resolved_at, actor_id nulls last
on conflict (workspace_id, ticket_id)
do update set first_resolved_at = excluded.first_resolved_at, first_actor_id = excluded.first_actor_id
where not t.erased and (
  t.first_resolved_at is null
  or excluded.first_resolved_at < t.first_resolved_at
  or excluded.first_resolved_at = t.first_resolved_at and excluded.first_actor_id is not null
    and (t.first_actor_id is null or excluded.first_actor_id < t.first_actor_id)
)
returning 1 as moved`;
}

function moveSurveys(tables: TableNames, resolutions: readonly Resolution[]): SQL {
  const input = resolutions.map((ref) => ({ workspace_id: ref.workspaceId, ticket_id: ref.ticketId }));
  return sql`with moved as materialized (
  select s.workspace_id, s.id, t.first_actor_id
  from (select distinct workspace_id, ticket_id from ${inputRows(input, ticketColumns)}) as input
    join ${tables.tickets} t using (workspace_id, ticket_id)
    join ${tables.surveys} s using (workspace_id, ticket_id)
  where s.status <> 'erased' and s.resolved_by is distinct from t.first_actor_id
  order by s.workspace_id, s.ticket_id for update of s
)
update ${tables.surveys} s set resolved_by = moved.first_actor_id
from moved where s.workspace_id = moved.workspace_id and s.id = moved.id`;
}
