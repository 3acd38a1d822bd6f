import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { testButton } from "./test-button.ts";

/** How one endpoint took a test event. */
export interface TestedEndpoint {
  readonly endpointId: string;
  readonly ok: boolean;
  /** Null where it was taken. */
  readonly error: string | null;
}

/** What became of a test event, endpoint by endpoint. */
export function webhookTestedView(tested: readonly TestedEndpoint[], { apiPath }: ViewContext): Html {
  const rows = tested.map(
    ({ endpointId, ok, error }) =>
      html`<li><p><bdi>${endpointId}</bdi> <span class="flag ${ok ? "delivered" : "gave_up"}">${ok ? "took it" : "did not take it"}</span></p>${error === null ? "" : html`<p class="small quiet">Its answer: <bdi>${error}</bdi></p>`}</li>
`,
  );
  return html`<section class="csat view webhooks" data-csat-view="webhook-tested" lang="en" dir="ltr">
<header class="head"><p class="back"><a href="${apiPath}/webhooks"><span aria-hidden="true">←</span> Webhook deliveries</a></p>
<h1>Test event</h1></header>
<section class="card"><p role="status">${summary(tested)}</p>${tested.length === 0 ? "" : html`<ul class="deliveries">${rows}</ul>`}</section>
${testButton(apiPath, "Send another")}</section>`;
}

function summary(tested: readonly TestedEndpoint[]): string {
  const taken = tested.filter(({ ok }) => ok).length;
  if (tested.length === 0) return "This workspace has no endpoint, so nobody was told.";
  if (taken === tested.length)
    return tested.length === 1 ? "The endpoint took the event." : "All endpoints took the event.";
  return taken === 0
    ? "No endpoint took the event. It is not tried again."
    : "Some endpoints did not take the event. It is not tried again.";
}
