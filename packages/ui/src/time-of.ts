import type { Formats } from "./format.ts";
import { type Html, html } from "./html.ts";

/** A time to the minute, in UTC. */
export function timeOf(time: Date, formats: Formats): Html {
  return html`<time datetime="${time.toISOString()}">${formats.time(time)}</time>`;
}
