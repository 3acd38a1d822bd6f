import type { JournalStore } from "@csat/core";
import { sql } from "drizzle-orm";
import { describeTickets } from "./describe-tickets.ts";
import { inputRows, ticketColumns } from "./input-rows.ts";
import { milliseconds, text, textOrNull, time } from "./row.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";
import { word } from "./word.ts";

/** What was decided about each ticket. */
export function journalStore(session: Session, tables: TableNames): JournalStore {
  return {
    async append(entries) {
      if (entries.length === 0) return;
      const input = entries.map(({ workspaceId, ticketId, at, event, reason, actorId }, position) => ({
        workspace_id: workspaceId,
        ticket_id: ticketId,
        at,
        event,
        reason,
        actor_id: actorId,
        position,
      }));
      const columns = sql`${ticketColumns}, at timestamptz, event text, reason text, actor_id text, position int`;
      // Sorted, so that the identity column numbers equal times in the order given.
      await session.execute(
        `writing the journal of ${describeTickets(entries)}`,
        sql`insert into ${tables.journal} (workspace_id, ticket_id, at, event, reason, actor_id)
select workspace_id, ticket_id, at, event, reason, actor_id from ${inputRows(input, columns)} order by position`,
      );
    },
    async list({ workspaceId, ticketId }) {
      const rows = await session.execute(
        `reading the journal of ticket ${ticketId} of workspace ${workspaceId}`,
        sql`select workspace_id, ticket_id, ${milliseconds(sql`j.at`)} as happened_at, event, reason, actor_id
from ${tables.journal} j
where workspace_id = ${workspaceId}::text and ticket_id = ${ticketId}::text
order by j.at, j.entry_number`,
      );
      return rows.map((row) => ({
        workspaceId: text(row, "workspace_id"),
        ticketId: text(row, "ticket_id"),
        at: time(row, "happened_at"),
        event: word(row, "event"),
        reason: textOrNull(row, "reason"),
        actorId: textOrNull(row, "actor_id"),
      }));
    },
  };
}
