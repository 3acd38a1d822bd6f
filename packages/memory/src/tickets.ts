import type { TicketRef, TicketSnapshot, TicketSource } from "@csat/core";
import { ticketText } from "./tables.ts";

/** What to know of a ticket; what is left out stays as it was. */
export type TicketChange = Partial<TicketSnapshot> & { readonly ticketId: string };

/** A helpdesk that fits into a test. */
export interface MemoryTickets extends TicketSource {
  /** Adds the ticket or changes the named fields of it. A new one is open, without customer data and unassigned. */
  put(workspaceId: string, change: TicketChange): void;
  /** From now on the ticket is gone. */
  remove(ref: TicketRef): void;
  putOperator(workspaceId: string, operator: { readonly id: string; readonly name: string }): void;
  /** Makes every read reject with `error`, as a helpdesk that is down; null heals it. */
  failWith(error: Error | null): void;
}

/** A ticket source for tests and first steps: it knows what it is told. */
export function memoryTickets(): MemoryTickets {
  const tickets = new Map<string, TicketSnapshot>();
  const operators = new Map<string, Map<string, string>>();
  let failure: Error | null = null;

  async function getTicket(ref: TicketRef): Promise<TicketSnapshot | null> {
    if (failure !== null) throw failure;
    return tickets.get(ticketText(ref)) ?? null;
  }

  return {
    getTicket,
    async getTickets(workspaceId, ticketIds) {
      const found = await Promise.all(ticketIds.map((ticketId) => getTicket({ workspaceId, ticketId })));
      return found.filter((ticket) => ticket !== null);
    },
    async getOperators(workspaceId, operatorIds) {
      if (failure !== null) throw failure;
      const names = operators.get(workspaceId);
      return operatorIds.flatMap((id) => {
        const name = names?.get(id);
        return name === undefined ? [] : [{ id, name }];
      });
    },
    put: (workspaceId, change) => {
      const key = ticketText({ workspaceId, ticketId: change.ticketId });
      const before = tickets.get(key) ?? newTicket(workspaceId, change.ticketId);
      tickets.set(key, { ...before, ...change });
    },
    remove: (ref) => void tickets.delete(ticketText(ref)),
    putOperator: (workspaceId, { id, name }) => {
      operators.set(workspaceId, (operators.get(workspaceId) ?? new Map<string, string>()).set(id, name));
    },
    failWith: (error) => {
      failure = error;
    },
  };
}

function newTicket(workspaceId: string, ticketId: string): TicketSnapshot {
  return {
    ticketId,
    status: "open",
    subject: `Ticket ${ticketId}`,
    url: null,
    workspaceName: workspaceId,
    customer: { name: null, email: null, locale: null },
    assignee: null,
  };
}
