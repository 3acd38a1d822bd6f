import type { LowRatingCard, Metrics, Page } from "@csat/core";
import { formatsOf } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { channelsCard } from "./channels-card.ts";
import { figureCards } from "./figure-cards.ts";
import { followUp } from "./follow-up.ts";
import { headerOf } from "./header.ts";
import { isWithoutSurveys, noSurveys } from "./no-surveys.ts";
import { operatorsCard } from "./operators-card.ts";
import { ratingsCard } from "./ratings-card.ts";
import { type Selected, selectionOf } from "./selection.ts";
import { trend } from "./trend.ts";
import { counted } from "./words.ts";

/** The figures of a page, and the first answers to follow up. */
export interface AnalyticsData extends Selected {
  readonly metrics: Metrics;
  readonly lowRatings: Page<LowRatingCard>;
}

/** The dashboard: figures, days, ratings, operators, answers to follow up. */
export function analyticsView(
  { metrics, lowRatings, resolverName }: AnalyticsData,
  context: ViewContext,
): Html {
  const formats = formatsOf(context.locale);
  const selection = selectionOf(context.url);
  const { current, previous } = metrics;
  const header = headerOf({ current, previous, selection, resolverName }, formats, context);
  const content = isWithoutSurveys(metrics)
    ? noSurveys(metrics, formats, context)
    : html`${figureCards(metrics, formats)}
${current.isSmall ? smallNotice(current.responses, formats.count) : nothing}
${trend(metrics, selection, formats, context)}
<div class="halves">${ratingsCard(current, selection, formats, context)}
${operatorsCard(metrics, selection, formats, context)}</div>
${channelsCard(metrics, formats)}${followUp(lowRatings, selection, formats, context)}`;
  return html`<section class="csat dashboard" data-csat-view="analytics" lang="en" dir="ltr">${header}
${content}</section>`;
}

function smallNotice(responses: number, count: (value: number) => string): Html {
  if (responses === 0) return html`<p class="notice">No answers in these days yet.</p>`;
  const answers = counted(responses, count(responses), "answer");
  return html`<p class="notice">Few answers: ${answers} in these days, too few to conclude anything from.</p>`;
}
