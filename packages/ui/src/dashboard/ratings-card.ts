import type { PeriodSummary, Rating } from "@csat/core";
import { shareBar } from "../charts/share-bar.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { address, type Selection } from "./selection.ts";

const fromBest: readonly Rating[] = [5, 4, 3, 2, 1];

/** How many gave each rating, best first; each leads to its answers. */
export function ratingsCard(
  { distribution, responses }: PeriodSummary,
  { range, filter }: Selection,
  wording: Wording,
  { apiPath }: ViewContext,
): Html {
  const largest = Math.max(1, ...fromBest.map((rating) => distribution[rating]));
  const rows = fromBest.map((rating) => {
    const count = distribution[rating];
    const share = responses === 0 ? null : count / responses;
    const href = address(`${apiPath}/analytics/responses`, [...range, ...filter, ["rating", String(rating)]]);
    const values = { rating: wording.count(rating), responses: wording.counted("countedResponses", count) };
    const tip =
      share === null
        ? wording.say("ratedTip", values)
        : wording.say("ratedTipShare", { ...values, share: wording.percent(share) });
    const shown = share === null ? "–" : wording.percent(share);
    return html`<li><a href="${href}" data-tip="${tip}"><span class="unseen">${tip}${share === null ? html`, ${wording.say("none", { reason: wording.say("noResponses") })}` : nothing}</span><b aria-hidden="true">${wording.count(rating)}</b>${shareBar(count / largest, rating)}<span class="number" aria-hidden="true">${wording.count(count)}</span><span class="number quiet" aria-hidden="true"${share === null ? html` title="${wording.say("noResponses")}"` : nothing}>${shown}</span></a></li>
`;
  });
  return html`<section class="card shares"><h2>${wording.say("ratings")}</h2>
<ul class="ratings">${rows}</ul><p class="quiet small">${wording.say("ratingEnds", { high: wording.count(5), low: wording.count(1) })}</p></section>`;
}
