import type { Rating } from "@csat/core";
import { type Html, html } from "../html.ts";

/** A horizontal bar that fills this share of its room, 0 to 1, in the colour of the rating. Decoration: the figures stand beside it. */
export function shareBar(share: number, rating: Rating): Html {
  return html`<svg class="share" aria-hidden="true"><rect class="fill-${rating}" width="${Math.round(share * 10_000) / 100}%" height="100%" rx="2"/></svg>`;
}
