import { html, raw } from "hono/html";
import { ticketStatuses } from "../tables/columns.ts";
import type { Ticket, TicketStatus } from "../tickets.ts";
import { userOf } from "../users.ts";
import { type Html, type PageFrame, page } from "./layout.ts";

/** The tickets of a workspace, with bulk resolve. `shown` is the chosen status; null is all. */
export function ticketListPage(
  frame: PageFrame,
  list: { readonly tickets: readonly Ticket[]; readonly shown: TicketStatus | null },
): Html {
  const { tickets, shown } = list;
  return page(
    frame,
    html`<div class="heading">
      <h1>Tickets</h1>
      <div class="actions">
        <form method="post" action="/tickets/flood"><button>20 tickets of one customer, resolved</button></form>
        <a class="button" href="/tickets/new">New ticket</a>
      </div>
    </div>
    <p class="muted">Resolve a ticket, move the clock on by a day, and look into the <a href="/inbox">inbox</a>.</p>
    <nav class="tabs" aria-label="Status">${[...ticketStatuses, null].map(
      (status) =>
        html`<a href="/?status=${status ?? "all"}" ${status === shown ? raw('aria-current="page"') : ""}>${status === null ? "All" : statusWord(status)}</a>`,
    )}</nav>
    ${tickets.length === 0 ? emptyList(shown) : ticketTable(tickets)}`,
  );
}

function emptyList(shown: TicketStatus | null): Html {
  return html`<p class="card empty">There is no ${shown ?? ""} ticket here.
    <a href="/tickets/new">Write one</a>, as a customer would.</p>`;
}

function ticketTable(tickets: readonly Ticket[]): Html {
  return html`<form method="post" action="/tickets/bulk-resolve" class="card list">
    <table>
      <thead><tr>
        <td class="check"><input type="checkbox" data-select-all hidden aria-label="Select all open tickets"></td>
        <th>Ticket</th><th>Customer</th><th>Assignee</th><th>Status</th>
      </tr></thead>
      <tbody>${tickets.map(ticketRow)}</tbody>
    </table>
    ${
      tickets.some(({ status }) => status === "open")
        ? html`<div class="actions"><button class="primary">Resolve selected</button></div>`
        : ""
    }
  </form>`;
}

function ticketRow(ticket: Ticket): Html {
  const name = ticket.customerName?.trim() || ticket.customerEmail;
  const assignee = ticket.assigneeId && userOf(ticket.workspaceId, ticket.assigneeId)?.name;
  return html`<tr>
    <td class="check">${
      ticket.status === "open"
        ? html`<input type="checkbox" name="ids" value="${ticket.id}" aria-label="Select ${ticket.id}">`
        : ""
    }</td>
    <td><a href="/tickets/${ticket.id}"><small>${ticket.id}</small> <bdi>${ticket.subject}</bdi></a></td>
    <td>${name ? html`<bdi>${name}</bdi>` : html`<span class="muted">unknown</span>`}</td>
    <td>${assignee || html`<span class="muted">nobody</span>`}</td>
    <td><span class="status ${ticket.status}">${statusWord(ticket.status)}</span></td>
  </tr>`;
}

/** A status as people read it. */
export function statusWord(status: TicketStatus): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
