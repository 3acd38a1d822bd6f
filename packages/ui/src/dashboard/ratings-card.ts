import type { PeriodSummary, Rating } from "@csat/core";
import { shareBar } from "../charts/share-bar.ts";
import type { Formats } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { address, type Selection } from "./selection.ts";
import { counted, orNone } from "./words.ts";

const fromBest: readonly Rating[] = [5, 4, 3, 2, 1];

/** How many gave each rating, best first; each leads to its answers. */
export function ratingsCard(
  { distribution, responses }: PeriodSummary,
  { range, filter }: Selection,
  formats: Formats,
  { apiPath }: ViewContext,
): Html {
  const largest = Math.max(1, ...fromBest.map((rating) => distribution[rating]));
  const rows = fromBest.map((rating) => {
    const count = distribution[rating];
    const share = responses === 0 ? null : count / responses;
    const href = address(`${apiPath}/analytics/responses`, [...range, ...filter, ["rating", String(rating)]]);
    const answers = counted(count, formats.count(count), "response");
    const tip = `Rated ${formats.count(rating)}: ${answers}${share === null ? "" : `, ${formats.percent(share)}`}`;
    return html`<li><a href="${href}" data-tip="${tip}"><span class="unseen">Rated </span><b>${formats.count(rating)}</b><span class="unseen">: </span>${shareBar(count / largest, rating)}<span class="number">${formats.count(count)}<span class="unseen"> ${count === 1 ? "response" : "responses"}, </span></span><span class="number quiet">${orNone(share, formats.percent, "no responses in these days")}</span></a></li>
`;
  });
  return html`<section class="card shares"><h2>Ratings</h2>
<ul class="ratings">${rows}</ul><p class="quiet small">${formats.count(5)} is very satisfied, ${formats.count(1)} very dissatisfied.</p></section>`;
}
