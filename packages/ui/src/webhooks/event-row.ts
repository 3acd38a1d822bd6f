import type { Delivery, OutboxEvent } from "@csat/core";
import { ago, counted } from "../dashboard/words.ts";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import { ticketNamed } from "../ticket-named.ts";
import type { ViewContext } from "../view-context.ts";

/** One event with its deliveries. `back` is where its replay leads. */
export function eventRow(event: OutboxEvent, back: string, formats: Formats, context: ViewContext): Html {
  const { id, createdAt, data: answer, deliveries } = event;
  const when = ago(createdAt, {
    distance: formats.distance(context.now, createdAt),
    exact: formats.time(createdAt),
  });
  const fares =
    deliveries.length === 0
      ? html`<p class="quiet">Not handed to any endpoint yet</p>`
      : html`<ul class="deliveries">${deliveries.map((delivery) => deliveryRow(delivery, formats, context))}</ul>`;
  const has = (wanted: Delivery["state"]) => deliveries.some(({ state }) => state === wanted);
  const again = has("gave_up") ? "Replay" : has("delivered") ? "Send again" : null;
  return html`<li><div><p><b>CSAT ${formats.count(answer.rating)}/${formats.count(5)}</b> ${ticketNamed(answer.ticketId, context)}</p>
<p class="facts small quiet"><span>${when}</span> <bdi>${id}</bdi></p></div>
${fares}
${again === null ? nothing : replayForm({ event, back, label: again, context })}</li>
`;
}

function deliveryRow(
  { endpointId, state, attempts, retryAt, lastError, replayedAt }: Delivery,
  formats: Formats,
  { now }: ViewContext,
): Html {
  const error =
    lastError === null || state === "delivered"
      ? nothing
      : html`<p class="small quiet">Last answer: <bdi>${lastError}</bdi></p>`;
  const tries =
    attempts === 0
      ? nothing
      : html` <span class="small quiet">${counted(attempts, formats.count(attempts), "attempt")}</span>`;
  const replayed =
    replayedAt === undefined
      ? nothing
      : html` <span class="small quiet">sent again ${ago(replayedAt, { distance: formats.distance(now, replayedAt), exact: formats.time(replayedAt) })}</span>`;
  const words = wordsOf(state, retryAt, now, formats);
  return html`<li><p><bdi>${endpointId}</bdi> <span class="flag ${state}">${words}</span>${tries}${replayed}</p>${error}</li>
`;
}

function wordsOf(state: Delivery["state"], retryAt: Date | null, now: Date, formats: Formats): string {
  switch (state) {
    case "delivered":
      return "delivered";
    case "gave_up":
      return "given up";
    case "pending":
      return retryAt === null || retryAt <= now ? "due" : `again ${formats.wait(now, retryAt)}`;
    default:
      return unknownState(state);
  }
}

function replayForm({
  event: { id, data: answer },
  back,
  label,
  context: { apiPath },
}: {
  readonly event: OutboxEvent;
  readonly back: string;
  readonly label: "Replay" | "Send again";
  readonly context: ViewContext;
}): Html {
  const which = label === "Replay" ? "" : "?delivered";
  return html`<form method="post" action="${apiPath}/webhooks/${encodeURIComponent(id)}/replay${which}"><input type="hidden" name="return" value="${back}"><button type="submit">${label}<span class="unseen"> the event of ticket ${answer.ticketId}</span></button></form>`;
}

/** A state that a newer core wrote. */
function unknownState(state: never): string {
  return String(state);
}
