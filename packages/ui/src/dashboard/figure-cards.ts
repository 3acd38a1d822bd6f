import type { Interval, Metrics, OwnMetrics, PeriodSummary } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import { changeOf, changeOfCount } from "./delta.ts";
import { none, orNone } from "./words.ts";

/** The figures of a page as a whole, that of all and that of one operator alike. */
export type WholeFigures = Omit<OwnMetrics, "weekly">;

/** The four figures of a page, each with its range and its change. */
export function figureCards(metrics: WholeFigures, wording: Wording): Html {
  return html`<div class="figures">
${averageCard(metrics, wording)}
${rateCard(metrics, wording)}
${responsesCard(metrics, wording)}
${satisfiedCard(metrics, wording)}
</div>`;
}

function averageCard({ current, delta }: WholeFigures, wording: Wording): Html {
  const { averageRating: average, averageRatingInterval: interval, isSmall } = current;
  const change = changeOf({
    delta: delta.averageRating,
    test: delta.tests.averageRating,
    size: (size) =>
      size < 0.005 ? wording.say("under", { value: wording.average(0.01) }) : wording.average(size),
    signed: wording.signedAverage,
    wording,
  });
  const noResponses = wording.say("noResponses");
  const [low, high] = [wording.count(1), wording.count(5)];
  return html`<section class="card figure" data-figure="average"><h2>${wording.say("average")}</h2>
<p class="value">${orNone(average, wording.average, noResponses, wording)} ${average === null ? nothing : change}</p>
<p class="range">${average === null ? nothing : rangeOf(interval, wording.average, whyNoSpread(current, wording), wording)} ${flagOf(average, isSmall, wording)}</p>
<p class="quiet small">${wording.say("averageOf", { low, high })}</p></section>`;
}

function rateCard({ current, delta, cohort, benchmark }: WholeFigures, wording: Wording): Html {
  const { responseRate: rate, responseRateInterval: interval, sent } = current;
  const { low, high } = benchmark.responseRate;
  const reason = wording.say("moreThanSent");
  return html`<section class="card figure" data-figure="response-rate"><h2>${wording.say("responseRate")}</h2>
<p class="value">${orNone(rate, wording.percent, wording.say("noneSent"), wording)} ${rate === null ? nothing : pointsOf(delta.responseRate, delta.tests.responseRate, wording)}</p>
<p class="range">${rate === null ? nothing : rangeOf(interval, wording.percent, reason, wording)} <span class="quiet">${wording.say("ofSent", { count: wording.count(sent) })}</span></p>
<p class="quiet small">${wording.say("typicalRate", { low: wording.percent(low), high: wording.percent(high) })}</p>
${cohort.rate === null ? nothing : html`<p class="quiet small">${wording.say("answeredSoFar", { rate: wording.percent(cohort.rate) })}</p>`}</section>`;
}

function responsesCard({ current, previous, delta, daily }: WholeFigures, wording: Wording): Html {
  const values = { count: wording.count(previous.responses), days: wording.count(daily.length) };
  return html`<section class="card figure" data-figure="responses"><h2>${wording.say("responses")}</h2>
<p class="value">${wording.count(current.responses)} ${changeOfCount(delta.responses, wording)}</p>
<p class="quiet">${wording.counted("beforeThese", daily.length, values)}</p></section>`;
}

function satisfiedCard({ current, delta }: WholeFigures, wording: Wording): Html {
  const noResponses = wording.say("noResponses");
  const ends = { low: wording.count(4), high: wording.count(5) };
  const { satisfiedShare: share, satisfiedShareInterval: interval, isSmall } = current;
  return html`<section class="card figure" data-figure="csat"><h2>${wording.say("satisfied", ends)}</h2>
<p class="value">${orNone(share, wording.percent, noResponses, wording)} ${share === null ? nothing : pointsOf(delta.satisfiedShare, delta.tests.satisfiedShare, wording)}</p>
<p class="range">${share === null ? nothing : rangeOf(interval, wording.percent, noResponses, wording)} ${flagOf(share, isSmall, wording)}</p>
<p class="quiet small">${wording.say("satisfiedOf", ends)}</p></section>`;
}

function pointsOf(
  delta: number | null,
  test: Metrics["delta"]["tests"]["responseRate"],
  wording: Wording,
): Html {
  return changeOf({
    delta,
    test,
    size: (size) =>
      size < 0.5
        ? wording.say("under", { value: wording.counted("points", 1) })
        : pointsText(size, wording.count(size), wording),
    signed: (value) => pointsText(value, wording.signedPoints(value), wording),
    wording,
  });
}

function pointsText(points: number, shown: string, wording: Wording): string {
  return wording.counted("points", Math.round(Math.abs(points)), { count: shown });
}

function rangeOf(
  interval: Interval | null,
  show: (value: number) => string,
  reason: string,
  wording: Wording,
): Html {
  if (interval === null) return none(reason, wording);
  const confidence = wording.say("confidence");
  return html`<span title="${confidence}"><span class="unseen">${confidence} </span><bdi dir="ltr">${show(interval.low)}–${show(interval.high)}</bdi></span>`;
}

function whyNoSpread({ responses }: PeriodSummary, wording: Wording): string {
  return wording.say(responses < 2 ? "oneHasNoRange" : "alikeHaveNoRange");
}

function flagOf(value: number | null, isSmall: boolean, wording: Wording): Html {
  return value !== null && isSmall ? html`<span class="flag">${wording.say("fewAnswers")}</span>` : nothing;
}
