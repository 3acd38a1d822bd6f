import type { TicketRef } from "@csat/core";
import { sql } from "drizzle-orm";
import { inputRows, ticketColumns } from "./input-rows.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";

/**
 * Locks the tickets of a batch, creating those that are unknown, in (workspaceId, ticketId) order. Inserting and
 * locking happen in one pass: done one after the other, two batches could wait for each other's new rows.
 */
export async function lockTickets(
  session: Session,
  {
    tables,
    refs,
    doing,
  }: { readonly tables: TableNames; readonly refs: readonly TicketRef[]; readonly doing: string },
): Promise<void> {
  const input = refs.map((ref) => ({ workspace_id: ref.workspaceId, ticket_id: ref.ticketId }));
  // DO UPDATE … WHERE false locks an existing row without writing a new version of it; DO NOTHING would not lock.
  // DISTINCT: the same row twice in one upsert raises 21000, which would abort the host's transaction.
  await session.execute(
    doing,
    sql`insert into ${tables.tickets} as t (workspace_id, ticket_id)
  select distinct on (workspace_id, ticket_id) workspace_id, ticket_id
  from ${inputRows(input, ticketColumns)} order by workspace_id, ticket_id
  on conflict (workspace_id, ticket_id) do update set erased = t.erased where false`,
  );
}
