import type { Metrics, ResolverFigures } from "@csat/core";
import { intervalBar } from "../charts/interval-bar.ts";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { address, filterBy, type Selection } from "./selection.ts";
import { fewAnswers } from "./words.ts";

/** The responses by whoever resolved the ticket first, in the order given; each leads to the page of that operator. */
export function operatorsCard(
  { byResolver }: Metrics,
  { range }: Selection,
  formats: Formats,
  { apiPath }: ViewContext,
): Html {
  const title = html`<h2>By operator <span class="quiet small">who resolved first</span></h2>`;
  if (byResolver.length === 0) {
    return html`<section class="card">${title}<p class="quiet">No responses in these days. Whoever resolved the tickets of later ones is listed here.</p></section>`;
  }
  const rows = byResolver.map((figures) =>
    rowOf(figures, address(`${apiPath}/analytics`, [...range, ...filterBy(figures.actorId)]), formats),
  );
  return html`<section class="card">${title}
<div class="scroll" role="region" aria-label="By operator" tabindex="0"><table class="operators">
<thead><tr><th scope="col">Operator</th><th scope="col" class="number">Responses</th><th scope="col" class="scored"><div class="scored"><span>Average</span><span class="ends" aria-hidden="true"><span>${formats.count(1)}</span><span>${formats.count(5)}</span></span></div></th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function rowOf(figures: ResolverFigures, href: string, formats: Formats): Html {
  const { actorId, name, responses, averageRating, averageRatingInterval, isSmall, rank } = figures;
  const who = actorId === null ? html`Unattributed` : html`<bdi>${name ?? actorId}</bdi>`;
  const place =
    rank === null
      ? nothing
      : html`<span class="unseen">Rank </span>${formats.count(rank)}<span class="unseen">: </span>`;
  const between =
    averageRatingInterval === null
      ? null
      : `${formats.average(averageRatingInterval.low)}–${formats.average(averageRatingInterval.high)}`;
  const tip =
    between === null
      ? `${formats.average(averageRating)}, no range: one answer, or all alike`
      : `${formats.average(averageRating)}, 95% confidence interval ${between}`;
  return html`<tr><th scope="row"><span class="who"><span class="rank">${place}</span><span><a href="${href}">${who}</a>${isSmall ? html` ${fewAnswers}` : nothing}</span></span></th><td class="number">${formats.count(responses)}</td><td><div class="scored" data-tip="${tip}"><span>${formats.average(averageRating)}${between === null ? nothing : html`<span class="unseen">, 95% confidence interval ${between}</span>`}</span>${intervalBar(averageRating, averageRatingInterval)}</div></td></tr>
`;
}
