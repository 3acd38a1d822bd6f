import { type Html, html } from "../html.ts";
import type { PlainKey } from "../texts/view-texts.ts";
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
export function webhookTestedView(
  tested: readonly TestedEndpoint[],
  { apiPath, wording }: ViewContext,
): Html {
  const rows = tested.map(
    ({ endpointId, ok, error }) =>
      html`<li><p><bdi>${endpointId}</bdi> <span class="flag ${ok ? "delivered" : "gave_up"}">${wording.say(ok ? "tookIt" : "didNotTakeIt")}</span></p>${error === null ? "" : html`<p class="small quiet">${wording.put("itsAnswer", { words: html`<bdi>${error}</bdi>` })}</p>`}</li>
`,
  );
  return html`<section class="csat view webhooks" data-csat-view="webhook-tested" lang="${wording.lang}" dir="${wording.dir}">
<header class="head"><p class="back"><a href="${apiPath}/webhooks"><span class="arrow" aria-hidden="true">←</span> ${wording.say("webhooks")}</a></p>
<h1>${wording.say("testEvent")}</h1></header>
<section class="card"><p role="status">${wording.say(summary(tested))}</p>${tested.length === 0 ? "" : html`<ul class="deliveries">${rows}</ul>`}</section>
${testButton(apiPath, wording.say("sendAnother"))}</section>`;
}

function summary(tested: readonly TestedEndpoint[]): PlainKey {
  const taken = tested.filter(({ ok }) => ok).length;
  if (tested.length === 0) return "noEndpoint";
  if (taken === tested.length) return tested.length === 1 ? "oneTook" : "allTook";
  return taken === 0 ? "noneTook" : "someTook";
}
