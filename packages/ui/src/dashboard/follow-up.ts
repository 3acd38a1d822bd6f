import type { LowRatingCard, Page } from "@csat/core";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { lowRatingList } from "./answers.ts";
import { address, type Selection } from "./selection.ts";

/** The newest answers of 1 and 2, and the way to all of them. */
export function followUp(
  { items, nextCursor }: Page<LowRatingCard>,
  { range, filter }: Selection,
  mayExclude: boolean,
  context: ViewContext,
): Html {
  const { wording } = context;
  const title = html`<h2>${wording.say("followUp")}</h2>`;
  if (items.length === 0) {
    return html`<section class="card">${title}<p class="quiet">${wording.say("nobodyUnhappy")}</p></section>`;
  }
  const all = address(`${context.apiPath}/analytics/low-ratings`, [...range, ...filter]);
  const more = wording.say(nextCursor === null ? "openAsList" : "showAllOfThem");
  return html`<section class="card"><div class="title">${title}<a href="${all}">${more}</a></div>
${lowRatingList(items, mayExclude, context)}</section>`;
}
