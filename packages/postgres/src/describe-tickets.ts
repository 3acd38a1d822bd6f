import type { TicketRef } from "@csat/core";

/** Names a batch in an error: its first ticket, and how many there are. */
export function describeTickets(refs: readonly TicketRef[]): string {
  const [first] = refs;
  if (first === undefined) return "no tickets";
  const ticket = `ticket ${first.ticketId} of workspace ${first.workspaceId}`;
  return refs.length === 1 ? ticket : `${refs.length} tickets, the first of them ${ticket}`;
}
