import type { ExplainedEntry, TicketPanel } from "@csat/core";
import { formatsOf } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { journalList } from "./journal-list.ts";
import { panelState } from "./panel-state.ts";

/** Where a ticket's survey stands, and the reasons behind it. */
export interface TicketPanelData {
  readonly panel: TicketPanel;
  readonly journal: readonly ExplainedEntry[];
}

/** The panel beside a ticket, for 240 to 400 pixels. Without a survey it shows nothing unless "Why?" is opened. */
export function ticketPanelView({ panel, journal }: TicketPanelData, context: ViewContext): Html {
  const formats = formatsOf(context.locale);
  return html`<section class="csat panel" data-csat-view="ticket-panel" data-state="${panel.state}" aria-label="Customer satisfaction" lang="en" dir="ltr"><div class="card">
<h2>Customer satisfaction</h2>
${panelState(panel, formats, context)}
<details class="why"><summary>Why?<span class="unseen"> What was decided about this survey</span></summary>
${journalList(journal, formats)}</details>
</div></section>`;
}
