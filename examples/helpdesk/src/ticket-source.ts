import type { TicketSnapshot, TicketSource } from "@csat/core";
import type { HelpdeskDatabase } from "./database.ts";
import { findTickets, type Ticket } from "./tickets.ts";
import { userOf, workspaceName } from "./users.ts";

/** What figures can be cut by. Tickets may say more of themselves, for rules. */
export const attributes = { team: { slice: true }, channel: { slice: true }, tags: { slice: true } } as const;

/** Tells the library what the helpdesk knows about a ticket, read fresh whenever it asks. */
export function ticketSource(parts: {
  readonly database: HelpdeskDatabase;
  readonly origin: string;
}): TicketSource {
  const { database, origin } = parts;
  const read = async (workspaceId: string, ids: readonly string[]) =>
    (await findTickets(database, workspaceId, ids)).map((ticket) => snapshot(ticket, origin));
  return {
    getTicket: async ({ workspaceId, ticketId }) => (await read(workspaceId, [ticketId]))[0] ?? null,
    getTickets: read,
    getOperators: async (workspaceId, ids) => ids.flatMap((id) => userOf(workspaceId, id) ?? []),
  };
}

function snapshot(ticket: Ticket, origin: string): TicketSnapshot {
  const assignee = ticket.assigneeId === null ? null : userOf(ticket.workspaceId, ticket.assigneeId);
  const { customerId: id, timeZone, channel, address, attributes } = ticket.details;
  return {
    ticketId: ticket.id,
    status: ticket.status,
    subject: ticket.subject,
    url: `${origin}/tickets/${ticket.id}`,
    workspaceName: workspaceName(ticket.workspaceId),
    customer: {
      name: ticket.customerName,
      email: ticket.customerEmail,
      locale: null,
      id,
      timeZone,
      channel,
      address,
    },
    // As whoever opened the ticket gave them: the library drops what it cannot take.
    attributes: attributes as TicketSnapshot["attributes"],
    assignee,
  };
}
