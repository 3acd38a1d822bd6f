import { leastRankability, type ResolverFigures, type Standing } from "@csat/core";
import { intervalBar } from "../charts/interval-bar.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import { none, orNone } from "./words.ts";

/** A group of answers among others: an operator, a team. */
export interface Compared extends Standing, Pick<ResolverFigures, "responses"> {
  readonly name: Html;
  /** Where its own page is; null where it has none. */
  readonly href: string | null;
  /** Null where there are no responses. */
  readonly averageRating: number | null;
  /** Why it has no estimate. */
  readonly whyNone: string;
}

/** What the order of groups means; `chance` is what is said where it means nothing. */
export function orderInWords(
  rankability: number | null,
  chance: "byChance" | "byChanceValues",
  wording: Wording,
): Html {
  const order =
    rankability === null ? "nothingVaries" : rankability < leastRankability ? chance : "byEstimate";
  return html`<p>${wording.say(order)}</p>`;
}

/** How groups are compared, folded away; nothing where they are not. */
export function howCompared(rankability: number | null, wording: Wording): Html {
  if (rankability === null) return nothing;
  const [share, least] = [wording.percent(rankability), wording.percent(leastRankability)];
  return html`<details class="how-compared"><summary class="quiet small">${wording.say("howCompared")}</summary>
<p class="small">${wording.say("estimateIs")} ${wording.say("rankabilityIs", { share, least })}</p></details>`;
}

/** Groups in the order given: the place, where they have one, the average, the estimate and its interval as a bar. */
export function standingsTable(
  groups: readonly Compared[],
  { title, column }: { readonly title: string; readonly column: string },
  wording: Wording,
): Html {
  const places = groups.map(({ place }) => place);
  const rows = groups.map((group) => {
    const isShared = places.filter((place) => place === group.place).length > 1;
    return rowOf(group, placeOf(group.place, isShared, wording), wording);
  });
  const isRanked = places.some((place) => place !== null);
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="${isRanked ? "standings ranked" : "standings"}">
<thead><tr><th scope="col">${column}</th><th scope="col" class="number">${wording.say("responses")}</th><th scope="col" class="number">${wording.say("average")}</th><th scope="col" class="scored"><div class="scored"><span>${wording.say("estimate")}</span><span class="ends" aria-hidden="true"><span>${wording.count(1)}</span><span>${wording.count(5)}</span></span></div></th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function placeOf(place: number | null, isShared: boolean, wording: Wording): Html {
  if (place === null) return nothing;
  const shown = wording.count(place);
  const said = wording.say(isShared ? "sharedPlace" : "place", { place: shown });
  return html`<span aria-hidden="true">${shown}</span><span class="unseen">${said} </span>`;
}

function rowOf(group: Compared, place: Html, wording: Wording): Html {
  const { name, href, responses, averageRating } = group;
  return html`<tr><th scope="row"><span class="who"><span class="place">${place}</span><span>${href === null ? name : html`<a href="${href}">${name}</a>`}</span></span></th><td class="number">${wording.count(responses)}</td><td class="number">${orNone(averageRating, wording.average, wording.say("noResponses"), wording)}</td><td>${estimateOf(group, wording)}</td></tr>
`;
}

function estimateOf(
  { averageRating, estimate, estimateInterval, whyNone }: Compared,
  wording: Wording,
): Html {
  if (averageRating === null || estimate === null || estimateInterval === null) return none(whyNone, wording);
  const shown = wording.average(estimate);
  const ends = { low: wording.average(estimateInterval.low), high: wording.average(estimateInterval.high) };
  const tip = wording.say("estimateTip", {
    average: wording.average(averageRating),
    estimate: shown,
    ...ends,
  });
  return html`<div class="scored" data-tip="${tip}"><span>${shown}<span class="unseen">${wording.say("comma")}${wording.say("confidenceOf", ends)}</span></span>${intervalBar(estimate, estimateInterval)}</div>`;
}
