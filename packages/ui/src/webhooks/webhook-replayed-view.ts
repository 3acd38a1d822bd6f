import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/** An event was made due again, for a form that does not say where to lead. */
export function webhookReplayedView({ apiPath }: ViewContext): Html {
  return html`<section class="csat view" data-csat-view="webhook-replayed" lang="en" dir="ltr">
<header class="head"><h1>The event is on its way again</h1></header>
<section class="card"><p role="status">The endpoints that gave up on it get it once more, under its old id.</p></section>
<p><a class="button" href="${apiPath}/webhooks">See the deliveries</a></p></section>`;
}
