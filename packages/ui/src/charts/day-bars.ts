import { scaleLinear } from "d3-scale";
import { type Html, html, nothing } from "../html.ts";
import { countStep } from "./count-steps.ts";
import { dayTicks } from "./day-ticks.ts";

/** One bar per day. */
export interface DayBars {
  readonly daily: readonly { readonly day: string; readonly count: number }[];
  /** Its name and what it shows, for those who do not see it. */
  readonly title: string;
  readonly description: string;
  readonly count: (value: number) => string;
  /** `YYYY-MM-DD` as it stands below the days. */
  readonly day: (day: string) => string;
}

// Drawn in these units and stretched to whatever room there is.
const [width, height] = [1000, 200];

/** Counts per day as bars over four lines; the figures themselves stand in a table beside it. */
export function dayBars({ daily, title, description, count, day }: DayBars): Html {
  const step = countStep(Math.max(0, ...daily.map((each) => each.count)));
  const x = scaleLinear([-0.5, daily.length - 0.5], [0, width]);
  const y = scaleLinear([0, 4 * step], [height, 0]);
  const wide = (width / daily.length) * 0.75;
  const bars = daily.map((each, index) =>
    each.count === 0
      ? ""
      : `M${round(x(index) - wide / 2)} ${height}V${round(y(each.count))}h${round(wide)}V${height}Z`,
  );
  const lines = [0, 1, 2, 3, 4].map((place) => `M0 ${(place * height) / 4}H${width}`);
  const ticks = dayTicks(daily.map((each) => each.day)).map(
    ({ index, isMinor }) =>
      html`<text x="${round(x(index) / (width / 100))}%" y="16"${isMinor ? html` class="minor"` : nothing}>${day(daily[index]?.day ?? "")}</text>`,
  );
  return html`<div class="trend one-axis">
<div class="axis" aria-hidden="true">${[4, 3, 2, 1, 0].map((place) => html`<span>${count(place * step)}</span>`)}</div>
<div class="plot"><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img"><title>${title}</title><desc>${description}</desc><path class="lines" d="${lines.join("")}"/>
<path class="bars" d="${bars.join("")}"/></svg></div>
<svg class="ticks" aria-hidden="true">${ticks}</svg>
</div>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
