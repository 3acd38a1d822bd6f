import type { LowRatingCard, Page } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { lowRatingList } from "./answers.ts";
import { address, type Selection } from "./selection.ts";

/** The newest answers of 1 and 2, and the way to all of them. */
export function followUp(
  { items, nextCursor }: Page<LowRatingCard>,
  { range, filter }: Selection,
  formats: Formats,
  context: ViewContext,
): Html {
  const title = html`<h2>Follow up: rated 1 or 2</h2>`;
  if (items.length === 0) {
    return html`<section class="card">${title}<p class="quiet">Nobody gave a 1 or 2 in these days.</p></section>`;
  }
  const all = address(`${context.apiPath}/analytics/low-ratings`, [...range, ...filter]);
  const more = nextCursor === null ? "Open these as a list" : "Show all of them";
  return html`<section class="card"><div class="title">${title}<a href="${all}">${more}</a></div>
${lowRatingList(items, formats, context)}</section>`;
}
