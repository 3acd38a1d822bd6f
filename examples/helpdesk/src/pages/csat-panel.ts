import type { JournalEntry, TicketPanel } from "@csat/core";
import { html } from "hono/html";
import { formatTime, formatWait } from "./format.ts";
import { journalWords } from "./journal-words.ts";
import type { Html } from "./layout.ts";

/** The survey of a ticket for its operators, and the reasons behind it. */
export function csatPanel(survey: {
  readonly panel: TicketPanel;
  readonly journal: readonly JournalEntry[];
  readonly now: Date;
}): Html {
  return html`<section class="card panel" aria-labelledby="csat-heading">
    <h2 id="csat-heading">Customer satisfaction</h2>
    ${panelState(survey.panel, survey.now)}
    <details>
      <summary>Why?</summary>
      ${survey.journal.length === 0 ? html`<p class="muted">Nobody has resolved this ticket yet.</p>` : journalList(survey.journal)}
    </details>
  </section>`;
}

function panelState(panel: TicketPanel, now: Date): Html | string {
  switch (panel.state) {
    case "none":
      return "";
    case "scheduled":
      return html`<p>Survey goes out ${formatWait(now, panel.dueAt)}</p><p class="muted">${formatTime(panel.dueAt)}</p>`;
    case "awaiting":
      return html`<p>CSAT survey sent — awaiting response</p><p class="muted">${formatTime(panel.sentAt)}</p>`;
    case "failed":
      return html`<p>Survey could not be sent</p><p class="muted">${formatTime(panel.since)}</p>`;
    case "answered": {
      const { rating, comment, respondedAt } = panel.response;
      return html`<p class="rating"><strong>CSAT ${rating}/5</strong>
          <span class="dots" aria-hidden="true">${[1, 2, 3, 4, 5].map(
            (step) => html`<i class="${step <= rating ? `scale-${rating}` : ""}"></i>`,
          )}</span></p>
        ${comment === null ? "" : html`<blockquote dir="auto">${comment}</blockquote>`}
        <p class="muted">${formatTime(respondedAt)}</p>`;
    }
  }
}

function journalList(journal: readonly JournalEntry[]): Html {
  return html`<ol class="journal">${journal.map(
    (entry) =>
      html`<li><time datetime="${entry.at.toISOString()}">${formatTime(entry.at)}</time> ${journalWords(entry)}</li>`,
  )}</ol>`;
}
