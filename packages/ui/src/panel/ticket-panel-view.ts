import type { ExplainedEntry, TicketPanel } from "@csat/core";
import { excludeForm, restoreForm } from "../exclude-form.ts";
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
  /** True for those who may exclude and restore the answer; left out: nobody is offered it. */
  readonly mayExclude?: boolean;
}

/** The panel beside a ticket, for 240 to 400 pixels. Where nothing was decided it shows nothing unless "Why?" is opened. */
export function ticketPanelView(data: TicketPanelData, context: ViewContext): Html {
  const { panel, journal, ticketId = journal[0]?.ticketId, mayExclude = false } = data;
  const { wording } = context;
  const form = askingForm(ticketId, panel, context);
  const isQuiet = panel.state === "none" && panel.leftOut !== true;
  return html`<section class="csat panel" data-csat-view="ticket-panel" data-state="${panel.state}" aria-label="${wording.say("surveys")}" lang="${wording.lang}" dir="${wording.dir}"><div class="card">
<h2>${wording.say("surveys")}</h2>
${panelState(data, context)}
${isQuiet ? nothing : form}${mayExclude ? exclusion(panel, context) : nothing}
<details class="why"><summary>${wording.say("why")}<span class="unseen"> ${wording.say("decided")}</span></summary>
${journalList(journal, wording)}${isQuiet ? form : nothing}</details>
</div></section>`;
}

function exclusion(panel: TicketPanel, context: ViewContext): Html {
  if (panel.state !== "answered") return nothing;
  const { ticketId } = panel.response;
  const back = `${context.url.pathname}${context.url.search}`;
  return panel.excluded === undefined
    ? excludeForm(ticketId, back, context)
    : restoreForm(ticketId, back, context);
}
