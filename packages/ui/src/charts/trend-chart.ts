import type { DailyFigures } from "@csat/core";
import { scaleBand, scaleLinear } from "d3-scale";
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
  const x = bandsOf(daily);
  const barWidth = round(x.bandwidth());
  const ofCount = scaleLinear([0, 4 * step], [height, 0]);
  const ofRating = scaleLinear([1, 5], [height, 0]);
  const bars = daily.map(({ responses }, index) =>
    responses === 0
      ? ""
      : `M${round(x(index) ?? 0)} ${height}V${round(ofCount(responses))}h${barWidth}V${height}Z`,
  );
  const points = daily.map(({ averageRating }, index) => ({
    x: round((x(index) ?? 0) + x.bandwidth() / 2),
    y: averageRating === null ? null : round(ofRating(averageRating)),
  }));
  const path =
    line<(typeof points)[number]>()
      .x((point) => point.x)
      .y((point) => point.y ?? 0)
      .defined((point) => point.y !== null)(points) ?? "";
  const dots = points.map((point) => (point.y === null ? "" : `M${point.x} ${point.y}h0`)).join("");
  const isDotted = daily.length <= dotsUpTo;
  return html`<path class="lines" d="${[0, 1, 2, 3, 4].map((place) => `M0 ${(place * height) / 4}H${width}`).join("")}"/>
<path class="bars" d="${bars.join("")}"/>
<path class="halo" d="${path}"/><path class="average" d="${path}"/>${isDotted ? html`<path class="dots" d="${dots}"/>` : nothing}`;
}

function linksOf({ daily, tip, href }: TrendChart): Html {
  const x = bandsOf(daily);
  const step = round(x.step());
  const links = daily.map((figures, index) => {
    const said = tip(figures);
    const left = round((x(index) ?? 0) - (x.step() - x.bandwidth()) / 2);
    return html`<a href="${href(figures)}" tabindex="-1" data-tip="${said}"><title>${said}</title><rect x="${left}" width="${step}" height="${height}"/></a>`;
  });
  return html`<svg class="links" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${links}</svg>`;
}

function ticksOf({ daily, day }: TrendChart): readonly Html[] {
  const x = bandsOf(daily);
  return dayTicks(daily.map((figures) => figures.day)).map(({ index, isMinor }) => {
    const middle = round(((x(index) ?? 0) + x.bandwidth() / 2) / (width / 100));
    return html`<text x="${middle}%" y="16"${isMinor ? html` class="minor"` : nothing}>${day(daily[index]?.day ?? "")}</text>`;
  });
}

function bandsOf(daily: readonly DailyFigures[]) {
  return scaleBand(daily.keys(), [0, width]).paddingInner(0.25).paddingOuter(0.125);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
