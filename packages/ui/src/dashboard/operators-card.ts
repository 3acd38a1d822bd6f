import type { Metrics } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { address, filterBy, type Selection } from "./selection.ts";
import { howCompared, orderInWords, standingsTable } from "./standings.ts";

/**
 * The responses by whoever resolved the ticket first: what their order means in words, then the operators in the order given; each leads
 * to their own figures. How they are compared is folded away.
 */
export function operatorsCard(
  { byResolver, resolverRankability }: Metrics,
  { range, where, by }: Selection,
  wording: Wording,
  { apiPath }: ViewContext,
): Html {
  const title = wording.say("byOperator");
  const heading = html`<h2>${title} <span class="quiet small">${wording.say("whoResolvedFirst")}</span></h2>`;
  if (byResolver.length === 0) {
    return html`<section class="card">${heading}<p class="quiet">${wording.say("noOperators")}</p></section>`;
  }
  const groups = byResolver.map(({ actorId, name, ...figures }) => ({
    ...figures,
    name: actorId === null ? html`${wording.say("unattributed")}` : html`<bdi>${name ?? actorId}</bdi>`,
    href: address(`${apiPath}/analytics`, [...range, ...filterBy(actorId), ...where, ...by]),
    whyNone: wording.say(actorId === null ? "takesNoPart" : "noEstimate"),
  }));
  const operators = byResolver.filter(({ actorId }) => actorId !== null);
  return html`<section class="card">${heading}
${operators.length < 2 ? nothing : orderInWords(resolverRankability, "byChance", wording)}
${standingsTable(groups, { title, column: wording.say("operator") }, wording)}
${howCompared(resolverRankability, wording)}</section>`;
}
