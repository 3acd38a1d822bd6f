import type { ExplainedEntry } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { journalList } from "./journal-list.ts";

/** Why a ticket was, was not, or is not yet surveyed: the journal alone. */
export function explainView(journal: readonly ExplainedEntry[], context: ViewContext): Html {
  const [first] = journal;
  const ticket =
    first === undefined
      ? nothing
      : html`<p class="quiet">${context.wording.put("ticketHeading", { id: html`<bdi>${first.ticketId}</bdi>` })}</p>`;
  return html`<section class="csat view" data-csat-view="explain" lang="${context.wording.lang}" dir="${context.wording.dir}">
<header class="head"><h1>${context.wording.say("decided")}</h1> ${ticket}</header>
<div class="card">${journalList(journal, context.wording)}</div></section>`;
}
