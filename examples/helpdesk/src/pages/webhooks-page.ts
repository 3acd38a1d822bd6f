import type { Delivery, OutboxEvent } from "@csat/core";
import { html, raw } from "hono/html";
import { receiverModes } from "../schema.ts";
import type { Received } from "../webhooks/received.ts";
import type { Receiver, ReceiverMode } from "../webhooks/receivers.ts";
import { formatTime, formatWait } from "./format.ts";
import { type Html, type PageFrame, page } from "./layout.ts";

const modeWords: Readonly<Record<ReceiverMode, string>> = {
  well: "Takes everything",
  failing: "Answers 500",
  gone: "Answers 410: wants no more",
  slow: "Never answers",
};

/** What is on its way to other systems, how it fares, and what the built-in receiver got. */
export function webhooksPage(
  frame: PageFrame,
  shown: {
    readonly receiver: Receiver;
    readonly events: readonly OutboxEvent[];
    readonly received: readonly Received[];
  },
): Html {
  return page(
    frame,
    html`<h1>Webhooks</h1>
    <p class="muted">Each answer is told to other systems, signed. Here that is a receiver inside the demo.</p>
    ${receiverCard(shown.receiver)}
    <h2 id="events">Events</h2>
    ${
      shown.events.length === 0
        ? html`<p class="card empty">No answer yet, so there is nothing to tell.</p>`
        : eventTable(shown.events, frame.now)
    }
    <h2 id="received">What the receiver got</h2>
    ${shown.received.length === 0 ? html`<p class="card empty">Nothing yet.</p>` : receivedTable(shown.received)}`,
  );
}

function receiverCard({ mode, isSubscribed }: Receiver): Html {
  return html`<section class="card stack" aria-label="The receiver">
    <form method="post" action="/webhooks/receiver" class="stack">
      <label>The receiver <select name="mode">${receiverModes.map(
        (one) =>
          html`<option value="${one}" ${one === mode ? raw("selected") : ""}>${modeWords[one]}</option>`,
      )}</select></label>
      ${isSubscribed ? "" : html`<p class="muted">It answered 410 and gets nothing until you save this.</p>`}
      <div class="actions"><button>${isSubscribed ? "Save" : "Save and subscribe again"}</button></div>
    </form>
    <form method="post" action="/webhooks/test" class="actions"><button>Send a test event</button></form>
  </section>`;
}

function eventTable(events: readonly OutboxEvent[], now: Date): Html {
  return html`<div class="card list"><table aria-labelledby="events">
    <thead><tr><th>Event</th><th>Ticket</th><th>State</th><th>Attempts</th><th>Last error</th></tr></thead>
    <tbody>${events.flatMap((event) =>
      event.deliveries.length === 0
        ? [html`<tr>${eventCells(event)}<td colspan="3" class="muted">nobody was told yet</td></tr>`]
        : event.deliveries.map((delivery) => deliveryRow({ event, delivery, now })),
    )}</tbody>
  </table></div>`;
}

function deliveryRow({
  event,
  delivery,
  now,
}: {
  readonly event: OutboxEvent;
  readonly delivery: Delivery;
  readonly now: Date;
}): Html {
  const { state, attempts, lastError, retryAt } = delivery;
  const states = {
    pending: retryAt === null ? "due" : `again ${formatWait(now, retryAt)}`,
    delivered: "delivered",
    gave_up: "given up",
  };
  return html`<tr>${eventCells(event)}
    <td>${states[state]}${state === "gave_up" ? replayForm(event.id) : ""}</td>
    <td>${attempts === 1 ? "1 attempt" : `${attempts} attempts`}</td>
    <td>${lastError ?? ""}</td>
  </tr>`;
}

function eventCells({ id, createdAt, data: answer }: OutboxEvent): Html {
  return html`<td><small>${id}</small><br><time datetime="${createdAt.toISOString()}">${formatTime(createdAt)}</time></td>
    <td><a href="/tickets/${answer.ticketId}">${answer.ticketId}</a> <small>${answer.rating}/5</small></td>`;
}

function replayForm(eventId: string): Html {
  return html`<form method="post" action="/webhooks/${encodeURIComponent(eventId)}/replay"><button class="small">Send again</button></form>`;
}

function receivedTable(received: readonly Received[]): Html {
  return html`<div class="card list"><table aria-labelledby="received">
    <thead><tr><th>When</th><th>Signature</th><th>Answered</th><th>Body</th></tr></thead>
    <tbody>${received.map(
      ({ receivedAt, verified, answered, raw: body }) => html`<tr>
        <td><time datetime="${receivedAt.toISOString()}">${formatTime(receivedAt)}</time></td>
        <td>${verified ? "verified" : "not verified"}</td>
        <td>${answered ?? "never"}</td>
        <td><code><bdi>${body}</bdi></code></td>
      </tr>`,
    )}</tbody>
  </table></div>`;
}
