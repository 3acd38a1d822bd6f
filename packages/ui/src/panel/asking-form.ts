import type { TicketPanel } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/**
 * A form of one button: leaves the ticket out, or lets it in again. Works without script, and leads back to where the
 * panel stands. Nothing once a survey went out, and where the ticket's id is unknown.
 */
export function askingForm(
  ticketId: string | undefined,
  panel: TicketPanel,
  { apiPath, url: { pathname, search }, wording }: ViewContext,
): Html {
  if (ticketId === undefined || (panel.state !== "none" && panel.state !== "scheduled")) return nothing;
  const isLeftOut = panel.state === "none" && panel.leftOut === true;
  const [route, label] = isLeftOut
    ? ["let-in", wording.say("askAfterAll")]
    : ["leave-out", wording.say("doNotAsk")];
  return html`<form class="asking" method="post" action="${apiPath}/tickets/${encodeURIComponent(ticketId)}/${route}"><input type="hidden" name="return" value="${pathname}${search}"><button type="submit" class="small">${label}</button>${isLeftOut ? html`<p class="quiet small">${wording.say("nextTimeCounts")}</p>` : nothing}</form>`;
}
