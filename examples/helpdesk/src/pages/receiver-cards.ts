import { html, raw } from "hono/html";
import { receiverModes } from "../tables/columns.ts";
import type { Received } from "../webhooks/received.ts";
import type { Receiver, ReceiverMode } from "../webhooks/receivers.ts";
import { formatTime } from "./format.ts";
import type { Html } from "./layout.ts";

const modeWords: Readonly<Record<ReceiverMode, string>> = {
  well: "Takes everything",
  failing: "Answers 500",
  gone: "Answers 410: wants no more",
  slow: "Never answers",
};

/** How the built-in receiver behaves, for whoever wants to see retries. */
export function receiverCard({ mode, isSubscribed }: Receiver): Html {
  return html`<section class="card" aria-labelledby="receiver">
    <h2 id="receiver">The receiver inside this demo</h2>
    <form method="post" action="/webhooks/receiver" class="picker">
      <label>What it does <select name="mode">${receiverModes.map(
        (one) =>
          html`<option value="${one}" ${one === mode ? raw("selected") : ""}>${modeWords[one]}</option>`,
      )}</select></label>
      <button>${isSubscribed ? "Save" : "Save and subscribe again"}</button>
    </form>
    ${isSubscribed ? "" : html`<p class="muted">It answered 410 and gets nothing until you save this.</p>`}
  </section>`;
}

/** What the receiver got, newest first, and whether the signature held. */
export function receivedCard(received: readonly Received[]): Html {
  return html`<section aria-labelledby="received"><h2 id="received">What the receiver got</h2>
    ${received.length === 0 ? html`<p class="card empty">Nothing yet.</p>` : receivedTable(received)}</section>`;
}

function receivedTable(received: readonly Received[]): Html {
  return html`<div class="card list plain"><table aria-labelledby="received">
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
