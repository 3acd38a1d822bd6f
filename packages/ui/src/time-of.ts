import { type Html, html } from "./html.ts";
import type { Wording } from "./texts/wording.ts";

/** A time to the minute, in UTC. */
export function timeOf(time: Date, wording: Wording): Html {
  return html`<time datetime="${time.toISOString()}">${wording.time(time)}</time>`;
}
