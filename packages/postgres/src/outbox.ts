import type { OutboxEvent, OutboxStore } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { claimDue, type Queue } from "./claim-due.ts";
import { decodeCursor } from "./cursor.ts";
import { nextAttempt, readDeliveries, readEventData } from "./deliveries.ts";
import { pageOf } from "./page-of.ts";
import { flag, milliseconds, type Row, text, time } from "./row.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";
import { word } from "./word.ts";

/** Events on their way to receivers. An event has a row in `due_events` until it is settled. */
export function outboxStore(session: Session, tables: TableNames): OutboxStore {
  return {
    async claimDue(claim) {
      const rows = await claimDue(session, { queue: eventQueue(tables), claim });
      return rows.map((row) => ({
        row: toEvent(row),
        leaseId: text(row, "lease_id"),
        resumed: flag(row, "resumed"),
      }));
    },
    async settle({ workspaceId, id, leaseId, deliveries }) {
      const wakeAt = sql`${nextAttempt(deliveries)}::timestamptz`;
      const isDead = deliveries.some((delivery) => delivery.state === "gave_up");
      // The event is locked before its due work, as in a claim and an erase.
      const rows = await session.execute(
        `settling event ${id} of workspace ${workspaceId}`,
        sql`with event as materialized (
  select e.workspace_id, e.id from ${tables.events} e
  where e.workspace_id = ${workspaceId}::text and e.id = ${id}::text for update of e
), retried as (
  update ${tables.due_events} d set wake_at = ${wakeAt}, lease_id = null, lease_until = null from event
  where d.workspace_id = event.workspace_id and d.event_id = event.id
    and d.lease_id = ${leaseId}::text and ${wakeAt} is not null
  returning d.workspace_id, d.event_id
), settled as (
  delete from ${tables.due_events} d using event
  where d.workspace_id = event.workspace_id and d.event_id = event.id
    and d.lease_id = ${leaseId}::text and ${wakeAt} is null
  returning d.workspace_id, d.event_id
)
update ${tables.events} e set deliveries = ${JSON.stringify(deliveries)}::text::jsonb, dead = ${isDead}::boolean
from (select * from retried union all select * from settled) as held
where e.workspace_id = held.workspace_id and e.id = held.event_id
returning e.id`,
      );
      return rows.length > 0 ? "done" : "lost_lease";
    },
    async list(workspaceId, { limit, cursor, dead }) {
      const after = decodeCursor(cursor);
      const position =
        after === null
          ? sql`true`
          : sql`(s.created_at, s.id) < (${after.at.toISOString()}::timestamptz, ${after.id}::text)`;
      const rows = await session.execute(
        `listing the events of workspace ${workspaceId}`,
        sql`select ${eventColumns} from ${tables.events} s
where s.workspace_id = ${workspaceId}::text and s.type = 'ticket.csat_received' and ${dead ? sql`s.dead` : sql`true`}
  and ${position}
order by s.created_at desc, s.id desc limit ${limit + 1}::int`,
      );
      const entries = rows.map(toEvent);
      return pageOf({ entries, limit, keyset: (last) => ({ at: last.createdAt, id: last.id }) });
    },
    async replay(workspaceId, eventId, now) {
      const rows = await session.execute(
        `replaying event ${eventId} of workspace ${workspaceId}`,
        replayStatement(tables, { workspaceId, eventId, now }),
      );
      return rows.length > 0;
    },
  };
}

/** Ends a running lease: its holder would write back what it read before, and the replay would be lost. */
function replayStatement(
  tables: TableNames,
  {
    workspaceId,
    eventId,
    now,
  }: { readonly workspaceId: string; readonly eventId: string; readonly now: Date },
): SQL {
  const afresh = JSON.stringify({ state: "pending", attempts: 0, retryAt: now, lastError: null });
  return sql`with replayed as (
  update ${tables.events} e set dead = false, deliveries = (
    select jsonb_agg(
      case when delivery ->> 'state' = 'gave_up' then delivery || ${afresh}::text::jsonb else delivery end
      order by position)
    from jsonb_array_elements(e.deliveries) with ordinality as listed (delivery, position)
  )
  where e.workspace_id = ${workspaceId}::text and e.id = ${eventId}::text and e.dead
  returning e.workspace_id, e.id, e.created_at
)
insert into ${tables.due_events} as due (workspace_id, event_id, wake_at, created_at)
select workspace_id, id, ${now.toISOString()}::timestamptz, created_at from replayed
on conflict (workspace_id, event_id) do update
set wake_at = least(due.wake_at, excluded.wake_at), lease_id = null, lease_until = null
returning due.event_id`;
}

function eventQueue(tables: TableNames): Queue {
  return {
    doing: "claiming due events",
    due: tables.due_events,
    key: sql`event_id`,
    // New events wake at -infinity, due by anybody's clock; among themselves they go by age.
    order: sql`d.wake_at, d.created_at, d.event_id`,
    target: tables.events,
    // What a newer release wrote is none of ours to deliver: this one would send it wrongly, or fail over it each time.
    claimable: sql`s.type = 'ticket.csat_received' and not s.deliveries @? ${unknownState}::jsonpath`,
    take: sql`select * from leased`,
    columns: eventColumns,
  };
}

const unknownState = '$[*] ? (!(@.state == "pending" || @.state == "delivered" || @.state == "gave_up"))';

/** JSON is read as text: drivers disagree on whether they parse it. The table has the alias `s`. */
const eventColumns = sql`s.id, s.workspace_id, s.type, ${milliseconds(sql`s.created_at`)} as created_at,
  s.data::text as data, s.deliveries::text as deliveries`;

function toEvent(row: Row): OutboxEvent {
  return {
    id: text(row, "id"),
    workspaceId: text(row, "workspace_id"),
    type: word(row, "type"),
    createdAt: time(row, "created_at"),
    data: readEventData(text(row, "data")),
    deliveries: readDeliveries(text(row, "deliveries")),
  };
}
