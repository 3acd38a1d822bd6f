import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/** What was replayed: one event, or of a window as many as `events` tells. */
export interface Replayed {
  readonly replayed: true;
  readonly events?: number;
}

/** Events were made due again, for a form that does not say where to lead. */
export function webhookReplayedView({ events = 1 }: Replayed, { apiPath, wording }: ViewContext): Html {
  return html`<section class="csat view" data-csat-view="webhook-replayed" lang="${wording.lang}" dir="${wording.dir}">
<header class="head"><h1>${wording.counted("onTheirWay", events)}</h1></header>
<section class="card"><p role="status">${wording.say(events === 0 ? "nothingToSendAgain" : "oldId")}</p></section>
<p><a class="button" href="${apiPath}/webhooks">${wording.say("seeDeliveries")}</a></p></section>`;
}
