import type { TicketSnapshot, TicketSource } from "@csat/core";
import { and, eq, inArray } from "drizzle-orm";
import { type Database, tickets } from "./database.ts";

/** Tells the library what the helpdesk knows about a ticket, read fresh whenever it asks. */
export function ticketSource(database: Database): TicketSource {
  const read = async (workspaceId: string, ids: readonly string[]) => {
    const rows = await database
      .select()
      .from(tickets)
      .where(and(eq(tickets.workspaceId, workspaceId), inArray(tickets.id, [...ids])));
    return rows.map(snapshot);
  };
  return {
    getTicket: async ({ workspaceId, ticketId }) => (await read(workspaceId, [ticketId]))[0] ?? null,
    getTickets: read,
  };
}

function snapshot(ticket: typeof tickets.$inferSelect): TicketSnapshot {
  const { assigneeId } = ticket;
  return {
    ticketId: ticket.id,
    status: ticket.status,
    subject: ticket.subject,
    url: null,
    workspaceName: ticket.workspaceId,
    customer: { name: ticket.customerName, email: ticket.customerEmail, locale: null },
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeId },
  };
}
