import type { Interval } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";

/** An average as a dot on an axis from 1 to 5, its interval as a thin bar. Decoration: the figures stand beside it. */
export function intervalBar(average: number, interval: Interval | null): Html {
  const range =
    interval === null
      ? nothing
      : html`<line class="between" x1="${percentOf(interval.low)}" x2="${percentOf(interval.high)}" y1="8" y2="8"/>`;
  return html`<svg class="interval" aria-hidden="true"><line class="axis" x1="0" x2="100%" y1="8" y2="8"/>${range}<circle cx="${percentOf(average)}" cy="8" r="4"/></svg>`;
}

function percentOf(rating: number): string {
  return `${Math.round((rating - 1) * 2500) / 100}%`;
}
