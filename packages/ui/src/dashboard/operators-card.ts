import type { Metrics, ResolverFigures } from "@csat/core";
import { intervalBar } from "../charts/interval-bar.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { address, filterBy, type Selection } from "./selection.ts";
import { fewAnswers } from "./words.ts";

/** The responses by whoever resolved the ticket first, in the order given; each leads to the page of that operator. */
export function operatorsCard(
  { byResolver }: Metrics,
  { range }: Selection,
  wording: Wording,
  { apiPath }: ViewContext,
): Html {
  const title = html`<h2>${wording.say("byOperator")} <span class="quiet small">${wording.say("whoResolvedFirst")}</span></h2>`;
  if (byResolver.length === 0) {
    return html`<section class="card">${title}<p class="quiet">${wording.say("noOperators")}</p></section>`;
  }
  const rows = byResolver.map((figures) =>
    rowOf(figures, address(`${apiPath}/analytics`, [...range, ...filterBy(figures.actorId)]), wording),
  );
  return html`<section class="card">${title}
<div class="scroll" role="region" aria-label="${wording.say("byOperator")}" tabindex="0"><table class="operators">
<thead><tr><th scope="col">${wording.say("operator")}</th><th scope="col" class="number">${wording.say("responses")}</th><th scope="col" class="scored"><div class="scored"><span>${wording.say("average")}</span><span class="ends" aria-hidden="true"><span>${wording.count(1)}</span><span>${wording.count(5)}</span></span></div></th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function rowOf(figures: ResolverFigures, href: string, wording: Wording): Html {
  const { actorId, name, responses, averageRating, averageRatingInterval, isSmall, rank } = figures;
  const who = actorId === null ? html`${wording.say("unattributed")}` : html`<bdi>${name ?? actorId}</bdi>`;
  const place =
    rank === null
      ? nothing
      : html`<span aria-hidden="true">${wording.count(rank)}</span><span class="unseen">${wording.say("rank", { rank: wording.count(rank) })} </span>`;
  const average = wording.average(averageRating);
  const ends =
    averageRatingInterval === null
      ? null
      : {
          low: wording.average(averageRatingInterval.low),
          high: wording.average(averageRatingInterval.high),
        };
  const tip =
    ends === null ? wording.say("noRange", { average }) : wording.say("rangeOf", { average, ...ends });
  return html`<tr><th scope="row"><span class="who"><span class="rank">${place}</span><span><a href="${href}">${who}</a>${isSmall ? html` ${fewAnswers(wording)}` : nothing}</span></span></th><td class="number">${wording.count(responses)}</td><td><div class="scored" data-tip="${tip}"><span>${average}${ends === null ? nothing : html`<span class="unseen">${wording.say("comma")}${wording.say("confidenceOf", ends)}</span>`}</span>${intervalBar(averageRating, averageRatingInterval)}</div></td></tr>
`;
}
