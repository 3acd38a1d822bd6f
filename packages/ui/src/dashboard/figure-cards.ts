import type { Interval, Metrics, PeriodSummary } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import { changeOf, changeOfCount } from "./delta.ts";
import { counted, fewAnswers, none, orNone } from "./words.ts";

const noResponses = "no responses in these days";
const noneSent = "no surveys were sent in these days";

/** The four figures of a page, each with its range and its change. */
export function figureCards(metrics: Metrics, formats: Formats): Html {
  return html`<div class="figures">
${averageCard(metrics, formats)}
${rateCard(metrics, formats)}
${responsesCard(metrics, formats)}
${satisfiedCard(metrics, formats)}
</div>`;
}

function averageCard({ current, delta }: Metrics, formats: Formats): Html {
  const { averageRating: average, averageRatingInterval: interval, isSmall } = current;
  const change = changeOf({
    delta: delta.averageRating,
    test: delta.tests.averageRating,
    size: (size) => (size < 0.005 ? `under ${formats.average(0.01)}` : formats.average(size)),
    signed: formats.signedAverage,
  });
  return html`<section class="card figure" data-figure="average"><h2>Average</h2>
<p class="value">${orNone(average, formats.average, noResponses)} ${average === null ? nothing : change}</p>
<p class="range">${average === null ? nothing : rangeOf(interval, formats.average, whyNoSpread(current))} ${flagOf(average, isSmall)}</p>
<p class="quiet small">of ratings from 1 to 5</p></section>`;
}

function rateCard({ current, delta, cohort, benchmark }: Metrics, formats: Formats): Html {
  const { responseRate: rate, responseRateInterval: interval, sent } = current;
  const { low, high } = benchmark.responseRate;
  const reason = "more answers than surveys sent: some belong to surveys of earlier days";
  return html`<section class="card figure" data-figure="response-rate"><h2>Response rate</h2>
<p class="value">${orNone(rate, formats.percent, noneSent)} ${rate === null ? nothing : pointsOf(delta.responseRate, delta.tests.responseRate, formats)}</p>
<p class="range">${rate === null ? nothing : rangeOf(interval, formats.percent, reason)} <span class="quiet">of ${formats.count(sent)} sent</span></p>
<p class="quiet small">Typical for e-mail: ${formats.percent(low)}–${formats.percent(high)}</p>
${cohort.rate === null ? nothing : html`<p class="quiet small">Of those sent in these days, ${formats.percent(cohort.rate)} have answered so far.</p>`}</section>`;
}

function responsesCard({ current, previous, delta, daily }: Metrics, formats: Formats): Html {
  const days = daily.length === 1 ? "day" : `${formats.count(daily.length)} days`;
  return html`<section class="card figure" data-figure="responses"><h2>Responses</h2>
<p class="value">${formats.count(current.responses)} ${changeOfCount(delta.responses, formats.count)}</p>
<p class="quiet">${formats.count(previous.responses)} in the ${days} before</p></section>`;
}

function satisfiedCard({ current, delta }: Metrics, formats: Formats): Html {
  const { satisfiedShare: share, satisfiedShareInterval: interval, isSmall } = current;
  return html`<section class="card figure" data-figure="csat"><h2>CSAT (4 and 5)</h2>
<p class="value">${orNone(share, formats.percent, noResponses)} ${share === null ? nothing : pointsOf(delta.satisfiedShare, delta.tests.satisfiedShare, formats)}</p>
<p class="range">${share === null ? nothing : rangeOf(interval, formats.percent, noResponses)} ${flagOf(share, isSmall)}</p>
<p class="quiet small">of responses are 4 or 5</p></section>`;
}

function pointsOf(
  delta: number | null,
  test: Metrics["delta"]["tests"]["responseRate"],
  formats: Formats,
): Html {
  return changeOf({
    delta,
    test,
    size: (size) => (size < 0.5 ? "under 1 point" : pointsText(size, formats.count(size))),
    signed: (value) => pointsText(value, formats.signedPoints(value)),
  });
}

function pointsText(points: number, shown: string): string {
  return counted(Math.round(Math.abs(points)), shown, "point");
}

function rangeOf(interval: Interval | null, show: (value: number) => string, reason: string): Html {
  if (interval === null) return none(reason);
  return html`<span title="95% confidence interval"><span class="unseen">95% confidence interval </span>${show(interval.low)}–${show(interval.high)}</span>`;
}

function whyNoSpread({ responses }: PeriodSummary): string {
  return responses < 2 ? "one answer has no range" : "all answers are alike, which shows no range";
}

function flagOf(value: number | null, isSmall: boolean): Html {
  return value !== null && isSmall ? fewAnswers : nothing;
}
