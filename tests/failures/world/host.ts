import type { TicketSnapshot, TicketSource } from "@csat/core";
import type pg from "pg";

/** The helpdesk's own table. Every ticket has a customer of its own, so that a mail tells its ticket by its address. */
export const createTickets = `create table tickets (
  workspace_id text not null, ticket_id text not null, status text not null, email text not null,
  primary key (workspace_id, ticket_id))`;

interface TicketRow {
  readonly ticket_id: string;
  readonly workspace_id: string;
  readonly status: "open" | "resolved" | "closed";
  readonly email: string;
}

/** Reads the helpdesk's tickets, fresh each time. */
export function hostTickets(pool: pg.Pool): TicketSource {
  const read = async (workspaceId: string, ticketIds: readonly string[]) => {
    const found = await pool.query<TicketRow>(
      "select * from tickets where workspace_id = $1 and ticket_id = any($2)",
      [workspaceId, ticketIds],
    );
    return found.rows.map(snapshot);
  };
  return {
    getTicket: async ({ workspaceId, ticketId }) => (await read(workspaceId, [ticketId]))[0] ?? null,
    getTickets: read,
  };
}

function snapshot(row: TicketRow): TicketSnapshot {
  return {
    ticketId: row.ticket_id,
    status: row.status,
    subject: `Subject of ${row.ticket_id}`,
    url: null,
    workspaceName: row.workspace_id,
    customer: { name: "Ada", email: row.email, locale: null },
    assignee: { id: "bob", name: "Bob" },
  };
}
