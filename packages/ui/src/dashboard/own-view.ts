import type { ExportedResponse, OwnMetrics, Page, WeeklyFigures } from "@csat/core";
import { intervalBar } from "../charts/interval-bar.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { ownResponseList } from "./answers.ts";
import { figureCards } from "./figure-cards.ts";
import { headerOf } from "./header.ts";
import { listView } from "./list-view.ts";
import { isWithoutSurveys } from "./no-surveys.ts";
import { ratingsCard } from "./ratings-card.ts";
import { address, type Selection, selectionOf } from "./selection.ts";
import { trend } from "./trend.ts";
import { none } from "./words.ts";

/** What an operator is shown of their own tickets. */
export interface OwnData {
  readonly metrics: OwnMetrics;
  /** The newest of their answers. */
  readonly responses: Page<ExportedResponse>;
}

/** The page of one operator: their figures, days, weeks and answers. It names no colleague and no place. */
export function ownView({ metrics, responses }: OwnData, outer: ViewContext): Html {
  // All that it leads to is its own: the same paths below another one.
  const context = { ...outer, apiPath: `${outer.apiPath}/my` };
  const { wording } = context;
  const selection = selectionOf(context.url);
  const { current, previous, weekly } = metrics;
  const header = headerOf(
    { current, previous, selection, resolverName: null, title: wording.say("ownSurveys"), hasExport: false },
    wording,
    context,
  );
  const content = isWithoutSurveys(metrics)
    ? html`<section class="card"><p class="quiet">${wording.say("ownEmpty")}</p></section>`
    : html`${figureCards(metrics, wording)}
${trend(metrics, selection, wording, context)}
<div class="halves">${ratingsCard(current, selection, wording, context)}
${weeksCard(weekly, wording)}</div>
${newest(responses, selection, wording, context)}`;
  return html`<section class="csat dashboard" data-csat-view="own-analytics" lang="${wording.lang}" dir="${wording.dir}">${header}
<p class="quiet">${wording.say("ownOnly")}</p>
${content}</section>`;
}

/** A page of an operator's own answers, newest first. */
export function ownResponsesView({ items, nextCursor }: Page<ExportedResponse>, context: ViewContext): Html {
  const { wording } = context;
  const answers = items.length === 0 ? null : ownResponseList(items, context);
  return listView(
    { name: "own-responses", title: wording.say("responses"), answers, nextCursor, resolverName: null },
    wording,
    context,
  );
}

// Newest first, as the answers below.
function weeksCard(weekly: readonly WeeklyFigures[], wording: Wording): Html {
  const title = wording.say("byWeek");
  const rows = weekly.toReversed().map((week) => weekRow(week, wording));
  return html`<section class="card"><h2>${title}</h2>
<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="standings weeks">
<thead><tr><th scope="col">${wording.say("week")}</th><th scope="col" class="number">${wording.say("responses")}</th><th scope="col" class="scored"><div class="scored"><span>${wording.say("average")}</span><span class="ends" aria-hidden="true"><span>${wording.count(1)}</span><span>${wording.count(5)}</span></span></div></th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function weekRow(
  { from, to, responses, averageRating, averageRatingInterval }: WeeklyFigures,
  wording: Wording,
): Html {
  const days = html`<th scope="row">${wording.days(from, to)}</th><td class="number">${wording.count(responses)}</td>`;
  if (averageRating === null)
    return html`<tr>${days}<td>${none(wording.say("noResponses"), wording)}</td></tr>
`;
  const range = averageRatingInterval;
  const said =
    range === null
      ? nothing
      : html`<span class="unseen">${wording.say("comma")}${wording.say("confidenceOf", { low: wording.average(range.low), high: wording.average(range.high) })}</span>`;
  return html`<tr>${days}<td><div class="scored"><span>${wording.average(averageRating)}${said}</span>${intervalBar(averageRating, range)}</div></td></tr>
`;
}

function newest(
  { items, nextCursor }: Page<ExportedResponse>,
  { range }: Selection,
  wording: Wording,
  context: ViewContext,
): Html {
  const title = html`<h2>${wording.say("newestAnswers")}</h2>`;
  if (items.length === 0)
    return html`<section class="card">${title}<p class="quiet">${wording.say("noMatch")}</p></section>`;
  const all = address(`${context.apiPath}/analytics/responses`, range);
  return html`<section class="card"><div class="title">${title}<a href="${all}">${wording.say(nextCursor === null ? "openAsList" : "showAllOfThem")}</a></div>
${ownResponseList(items, context)}</section>`;
}
