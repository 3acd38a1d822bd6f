import type { DailyFigures } from "@csat/core";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type Html, html, nothing } from "../html.ts";
import { countStep } from "./count-steps.ts";
import { dayTicks } from "./day-ticks.ts";

/** What stands around the bars and the line. */
export interface TrendChart {
  readonly daily: readonly DailyFigures[];
  /** Its name and what it shows, for those who do not see it. */
  readonly title: string;
  readonly description: string;
  readonly count: (value: number) => string;
  /** `YYYY-MM-DD` as it stands below the days. */
  readonly day: (day: string) => string;
  readonly tip: (figures: DailyFigures) => string;
  /** Where a day leads. */
  readonly href: (figures: DailyFigures) => string;
}

// Drawn in these units and stretched to whatever room there is; strokes and words keep their size.
const width = 1000;
const height = 200;
const widestBar = 60;
// Beyond, gaps would only make the bars faint.
const barGapsUpTo = 120;
const dotsUpTo = 31;
const linksUpTo = 400;

/**
 * Responses per day as bars on the left axis, and their average as a line on the right one, with gaps where there is
 * none. Both axes share their lines: 0 to four steps of responses, 1 to 5 of ratings. Each day is a link for the
 * pointer; keyboards and screen readers have the table that stands beside the chart.
 */
export function trendChart(chart: TrendChart): Html {
  const { daily, title, description } = chart;
  const step = countStep(Math.max(0, ...daily.map(({ responses }) => responses)));
  const steps = [4, 3, 2, 1, 0];
  return html`<div class="trend">
<div class="axis responses" aria-hidden="true">${steps.map((place) => html`<span>${chart.count(place * step)}</span>`)}</div>
<div class="plot"><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img"><title>${title}</title><desc>${description}</desc>${drawingOf(daily, step)}</svg>${daily.length > linksUpTo ? nothing : linksOf(chart)}</div>
<div class="axis ratings" aria-hidden="true">${steps.map((place) => html`<span>${chart.count(place + 1)}</span>`)}</div>
<svg class="ticks" aria-hidden="true">${ticksOf(chart)}</svg>
</div>`;
}

function drawingOf(daily: readonly DailyFigures[], step: number): Html {
  const x = middlesOf(daily);
  const share = daily.length <= barGapsUpTo ? 0.75 : 1;
  const barWidth = round(Math.min((width / daily.length) * share, widestBar));
  const ofCount = scaleLinear([0, 4 * step], [height, 0]);
  const ofRating = scaleLinear([1, 5], [height, 0]);
  const bars = daily.map(({ responses }, index) =>
    responses === 0
      ? ""
      : `M${round(x(index) - barWidth / 2)} ${height}V${round(ofCount(responses))}h${barWidth}V${height}Z`,
  );
  const points = daily.map(({ averageRating }, index) => ({
    x: round(x(index)),
    y: averageRating === null ? null : round(ofRating(averageRating)),
  }));
  const path =
    line<(typeof points)[number]>()
      .x((point) => point.x)
      .y((point) => point.y ?? 0)
      .defined((point) => point.y !== null)(points) ?? "";
  const dots = points.map((point, index) => {
    const isAlone = (points[index - 1]?.y ?? points[index + 1]?.y ?? null) === null;
    return point.y !== null && (isAlone || daily.length <= dotsUpTo) ? `M${point.x} ${point.y}h0` : "";
  });
  return html`<path class="lines" d="${[0, 1, 2, 3, 4].map((place) => `M0 ${(place * height) / 4}H${width}`).join("")}"/>
<path class="bars" d="${bars.join("")}"/>
<path class="halo" d="${path}"/><path class="average${daily.length <= barGapsUpTo ? "" : " fine"}" d="${path}"/><path class="dots" d="${dots.join("")}"/>`;
}

function linksOf({ daily, tip, href }: TrendChart): Html {
  const x = middlesOf(daily);
  const wide = width / daily.length;
  const links = daily.map((figures, index) => {
    const said = tip(figures);
    return html`<a href="${href(figures)}" tabindex="-1" data-tip="${said}"><title>${said}</title><rect x="${round(x(index) - wide / 2)}" width="${round(wide)}" height="${height}"/></a>`;
  });
  return html`<svg class="links" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${links}</svg>`;
}

function ticksOf({ daily, day }: TrendChart): readonly Html[] {
  const x = middlesOf(daily);
  return dayTicks(daily.map((figures) => figures.day)).map(({ index, isMinor }) => {
    const place = round((x(index) / width) * 100);
    return html`<text x="${place}%" y="16"${isMinor ? html` class="minor"` : nothing}>${day(daily[index]?.day ?? "")}</text>`;
  });
}

// Where the middle of a day is, by its index.
function middlesOf(daily: readonly DailyFigures[]): (index: number) => number {
  return scaleLinear([-0.5, daily.length - 0.5], [0, width]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
