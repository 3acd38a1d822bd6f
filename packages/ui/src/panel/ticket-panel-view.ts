import type { ExplainedEntry, TicketPanel } from "@csat/core";
import { formatsOf } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { askingForm } from "./asking-form.ts";
import { journalList } from "./journal-list.ts";
import { panelState } from "./panel-state.ts";

/** Where a ticket's survey stands, and the reasons behind it. */
export interface TicketPanelData {
  readonly panel: TicketPanel;
  readonly journal: readonly ExplainedEntry[];
  /** Left out by hosts that draw the panel themselves: then the journal tells it. */
  readonly ticketId?: string;
}

/** The panel beside a ticket, for 240 to 400 pixels. Where nothing was decided it shows nothing unless "Why?" is opened. */
export function ticketPanelView(data: TicketPanelData, context: ViewContext): Html {
  const { panel, journal, ticketId = journal[0]?.ticketId } = data;
  const formats = formatsOf(context.locale);
  const form = askingForm(ticketId, panel, context);
  const isQuiet = panel.state === "none" && panel.leftOut !== true;
  return html`<section class="csat panel" data-csat-view="ticket-panel" data-state="${panel.state}" aria-label="Customer satisfaction" lang="en" dir="ltr"><div class="card">
<h2>Customer satisfaction</h2>
${panelState(data, formats, context)}
${isQuiet ? nothing : form}
<details class="why"><summary>Why?<span class="unseen"> What was decided about this survey</span></summary>
${journalList(journal, formats)}${isQuiet ? form : nothing}</details>
</div></section>`;
}
