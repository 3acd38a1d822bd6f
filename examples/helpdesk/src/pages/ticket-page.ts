import { html, raw } from "hono/html";
import { ticketStatuses } from "../tables/columns.ts";
import type { RowOf } from "../tables/tables.ts";
import type { Ticket } from "../tickets.ts";
import { userOf, users } from "../users.ts";
import { formatTime } from "./format.ts";
import { type Html, type PageFrame, page } from "./layout.ts";
import { statusWord } from "./ticket-list.ts";

/** What the ticket's page shows. */
export interface TicketView {
  readonly ticket: Ticket;
  readonly notes: readonly RowOf<"notes">[];
  /** The library's view of the survey, as escaped HTML. */
  readonly csatPanel: string;
}

/** One ticket: resolve with a note, the pickers, and its survey. */
export function ticketPage(frame: PageFrame, view: TicketView): Html {
  const { ticket, csatPanel } = view;
  return page(
    { ...frame, isCsat: true },
    html`<div class="heading">
      <h1><small>${ticket.id}</small> <bdi>${ticket.subject}</bdi></h1>
      <span class="status ${ticket.status}">${statusWord(ticket.status)}</span>
    </div>
    <div class="columns">
      <div class="stack">
        <section class="card">
          <h2 dir="auto">${ticket.customerName?.trim() || "A customer"}</h2>
          <p class="muted">${ticket.customerEmail ?? "without an address"} · opened ${formatTime(ticket.createdAt)}</p>
          ${ticket.mergedInto === null ? "" : html`<p>Merged into <a href="/tickets/${ticket.mergedInto}">${ticket.mergedInto}</a>.</p>`}
        </section>
        ${view.notes.map((note) => noteCard(note))}
        ${ticket.status === "resolved" ? "" : resolveForm(ticket)}
      </div>
      <aside class="stack">
        ${raw(csatPanel)}
        <section class="card stack">${statusPicker(ticket)} ${assigneePicker(ticket)}</section>
      </aside>
    </div>`,
  );
}

function noteCard(note: TicketView["notes"][number]): Html {
  const author = userOf(note.workspaceId, note.authorId)?.name ?? note.authorId;
  return html`<article class="card note">
    <p class="muted">${author}, ${formatTime(note.writtenAt)}</p>
    <p class="written" dir="auto">${note.body}</p>
  </article>`;
}

function resolveForm(ticket: Ticket): Html {
  return html`<form method="post" action="/tickets/${ticket.id}/resolve" class="card stack">
    <label>Note <textarea name="note" rows="4" maxlength="5000" placeholder="What solved it?"></textarea></label>
    <div class="actions"><button class="primary">Resolve with note</button></div>
  </form>`;
}

function statusPicker(ticket: Ticket): Html {
  return html`<form method="post" action="/tickets/${ticket.id}" class="picker">
    <label>Status <select name="status">${ticketStatuses.map(
      (status) =>
        html`<option value="${status}" ${status === ticket.status ? raw("selected") : ""}>${statusWord(status)}</option>`,
    )}</select></label>
    <button>Set</button>
  </form>`;
}

function assigneePicker(ticket: Ticket): Html {
  const team = users.filter(({ workspaceId }) => workspaceId === ticket.workspaceId);
  return html`<form method="post" action="/tickets/${ticket.id}" class="picker">
    <label>Assignee <select name="assigneeId"><option value="">Nobody</option>${team.map(
      ({ id, name }) =>
        html`<option value="${id}" ${id === ticket.assigneeId ? raw("selected") : ""}>${name}</option>`,
    )}</select></label>
    <button>Assign</button>
  </form>`;
}
