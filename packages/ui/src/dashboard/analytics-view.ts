import type { LowRatingCard, Metrics, Page } from "@csat/core";
import { exclusionNotice } from "../exclude-form.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { channelsCard } from "./channels-card.ts";
import { figureCards } from "./figure-cards.ts";
import { followUp } from "./follow-up.ts";
import { headerOf } from "./header.ts";
import { isWithoutSurveys, noMatch, noSurveys } from "./no-surveys.ts";
import { notAskedLine } from "./not-asked.ts";
import { operatorsCard } from "./operators-card.ts";
import { ratingsCard } from "./ratings-card.ts";
import { type Selected, selectionOf } from "./selection.ts";
import { slicesCard } from "./slices-card.ts";
import { trend } from "./trend.ts";

/** The figures of a page, and the first answers to follow up. */
export interface AnalyticsData extends Selected {
  readonly metrics: Metrics;
  readonly lowRatings: Page<LowRatingCard>;
  /** The attributes that figures can be cut by. */
  readonly slicedBy: readonly string[];
}

/** The dashboard: figures, days, ratings, operators, answers to follow up. */
export function analyticsView(
  { metrics, lowRatings, slicedBy, resolverName, mayExclude = false }: AnalyticsData,
  context: ViewContext,
): Html {
  const { wording } = context;
  const selection = selectionOf(context.url);
  const { current, previous } = metrics;
  const title = wording.say("surveys");
  const header = headerOf(
    { current, previous, selection, resolverName, title, hasExport: true },
    wording,
    context,
  );
  const notAsked = notAskedLine(metrics, wording);
  const content = isWithoutSurveys(metrics)
    ? html`${selection.filter.length === 0 ? noSurveys(metrics, wording, context) : noMatch(wording)}${notAsked}`
    : html`${figureCards(metrics, wording)}
${notAsked}
${current.isSmall ? smallNotice(current.responses, wording) : nothing}
${trend(metrics, selection, wording, context)}
<div class="halves">${ratingsCard(current, selection, wording, context)}
${operatorsCard(metrics, selection, wording, context)}</div>
${slicesCard(metrics, slicedBy, selection, wording, context)}${channelsCard(metrics, wording)}${followUp(lowRatings, selection, mayExclude, context)}`;
  return html`<section class="csat dashboard" data-csat-view="analytics" lang="${wording.lang}" dir="${wording.dir}">${header}
${exclusionNotice(mayExclude, context) ?? nothing}
${content}</section>`;
}

function smallNotice(responses: number, wording: Wording): Html {
  const said = responses === 0 ? wording.say("noAnswersYet") : wording.counted("tooFewAnswers", responses);
  return html`<p class="notice">${said}</p>`;
}
