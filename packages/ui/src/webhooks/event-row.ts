import type { Delivery, OutboxEvent } from "@csat/core";
import { ago } from "../dashboard/words.ts";
import { type Html, html, nothing } from "../html.ts";
import { journalLine } from "../texts/journal-line.ts";
import type { Wording } from "../texts/wording.ts";
import { ticketNamed } from "../ticket-named.ts";
import type { ViewContext } from "../view-context.ts";

/** One event with its deliveries. `back` is where its replay leads. */
export function eventRow(event: OutboxEvent, back: string, wording: Wording, context: ViewContext): Html {
  const { id, createdAt, data: answer, deliveries } = event;
  const when = ago(createdAt, {
    distance: wording.distance(context.now, createdAt),
    exact: wording.time(createdAt),
  });
  const fares =
    deliveries.length === 0
      ? html`<p class="quiet">${wording.say("notHanded")}</p>`
      : html`<ul class="deliveries">${deliveries.map((delivery) => deliveryRow(delivery, wording, context))}</ul>`;
  const has = (wanted: Delivery["state"]) => deliveries.some(({ state }) => state === wanted);
  const again = has("gave_up") ? "replay" : has("delivered") ? "sendAgain" : null;
  return html`<li><div><p><b>CSAT ${wording.count(answer.rating)}/${wording.count(5)}</b> ${ticketNamed(answer.ticketId, context)}${told(event.type, wording)}</p>
<p class="facts small quiet"><span>${when}</span> <bdi>${id}</bdi></p></div>
${fares}
${again === null ? nothing : replayForm({ event, back, label: again, context })}</li>
`;
}

/** What else happened to an answer than that it came. */
function told(type: OutboxEvent["type"], wording: Wording): Html {
  const event =
    type === "ticket.csat_excluded" ? "excluded" : type === "ticket.csat_restored" ? "restored" : null;
  if (event === null) return nothing;
  return html` <span class="flag">${journalLine({ event, reason: null, actorId: null }, wording).what}</span>`;
}

function deliveryRow(
  { endpointId, state, attempts, retryAt, lastError, replayedAt }: Delivery,
  wording: Wording,
  { now }: ViewContext,
): Html {
  const error =
    lastError === null || state === "delivered"
      ? nothing
      : html`<p class="small quiet">${wording.put("lastAnswer", { words: html`<bdi>${lastError}</bdi>` })}</p>`;
  const tries =
    attempts === 0
      ? nothing
      : html` <span class="small quiet">${wording.counted("attempts", attempts)}</span>`;
  const replayed =
    replayedAt === undefined
      ? nothing
      : html` <span class="small quiet">${wording.put("sentAgain", { when: ago(replayedAt, { distance: wording.distance(now, replayedAt), exact: wording.time(replayedAt) }) })}</span>`;
  const words = wordsOf(state, retryAt, now, wording);
  return html`<li><p><bdi>${endpointId}</bdi> <span class="flag ${state}">${words}</span>${tries}${replayed}</p>${error}</li>
`;
}

function wordsOf(state: Delivery["state"], retryAt: Date | null, now: Date, wording: Wording): string {
  switch (state) {
    case "delivered":
      return wording.say("delivered");
    case "gave_up":
      return wording.say("gaveUp");
    case "pending":
      return retryAt === null || retryAt <= now
        ? wording.say("due")
        : wording.say("again", { when: wording.wait(now, retryAt) });
    default:
      return unknownState(state);
  }
}

function replayForm({
  event: { id, data: answer },
  back,
  label,
  context: { apiPath, wording },
}: {
  readonly event: OutboxEvent;
  readonly back: string;
  readonly label: "replay" | "sendAgain";
  readonly context: ViewContext;
}): Html {
  const which = label === "replay" ? "" : "?delivered";
  return html`<form method="post" action="${apiPath}/webhooks/${encodeURIComponent(id)}/replay${which}"><input type="hidden" name="return" value="${back}"><button type="submit" aria-label="${wording.say(label === "replay" ? "replayOf" : "sendAgainOf", { ticket: answer.ticketId })}">${wording.say(label)}</button></form>`;
}

/** A state that a newer core wrote. */
function unknownState(state: never): string {
  return String(state);
}
