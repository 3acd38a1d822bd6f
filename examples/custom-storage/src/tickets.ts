import type { TicketRef } from "@csat/core";
import { isOneOfTickets, ticketKey } from "./one-of.ts";
import type { Rows } from "./open-sqlite.ts";
import { tickets } from "./schema.ts";
import { replacing } from "./upsert.ts";

/** What is known of one ticket. */
export type TicketRow = typeof tickets.$inferSelect;

/** Reads the tickets' rows; the result answers for every ref, also for tickets that nobody told of. */
export async function readTickets(
  rows: Rows,
  refs: readonly TicketRef[],
): Promise<(ref: TicketRef) => TicketRow> {
  const found = await rows.select().from(tickets).where(isOneOfTickets(tickets, refs));
  const byKey = new Map(found.map((ticket) => [ticketKey(ticket), ticket]));
  return ({ workspaceId, ticketId }) =>
    byKey.get(ticketKey({ workspaceId, ticketId })) ?? {
      workspaceId,
      ticketId,
      firstResolvedAt: null,
      firstActorId: null,
      lastLeftAt: null,
      erased: false,
    };
}

/** Writes whole rows, new ones and known ones. */
export async function saveTickets(rows: Rows, changed: readonly TicketRow[]): Promise<void> {
  if (changed.length === 0) return;
  await rows
    .insert(tickets)
    .values([...changed])
    .onConflictDoUpdate({ target: [tickets.workspaceId, tickets.ticketId], set: replacing(tickets) });
}
