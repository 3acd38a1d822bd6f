import { formatsOf } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/** What was replayed: one event, or of a window as many as `events` tells. */
export interface Replayed {
  readonly replayed: true;
  readonly events?: number;
}

/** Events were made due again, for a form that does not say where to lead. */
export function webhookReplayedView({ events = 1 }: Replayed, { apiPath, locale }: ViewContext): Html {
  const { count } = formatsOf(locale);
  const heading =
    events === 1 ? "The event is on its way again" : `${count(events)} events are on their way again`;
  return html`<section class="csat view" data-csat-view="webhook-replayed" lang="en" dir="ltr">
<header class="head"><h1>${heading}</h1></header>
<section class="card"><p role="status">${events === 0 ? "Nothing in that time was there to be sent again." : "The endpoints get it once more, under its old id."}</p></section>
<p><a class="button" href="${apiPath}/webhooks">See the deliveries</a></p></section>`;
}
