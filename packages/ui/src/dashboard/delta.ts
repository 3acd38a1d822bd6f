import type { NoiseTest } from "@csat/core";
import { type Html, html } from "../html.ts";
import { none } from "./words.ts";

/** A change against the days before. */
export interface Change {
  /** Null where a side has nothing to compare with. */
  readonly delta: number | null;
  /** Null when nothing could be tested. */
  readonly test: NoiseTest | null;
  /** Without its sign: "0.11", "2 points". */
  readonly size: (size: number) => string;
  /** With its sign: "+0.11". */
  readonly signed: (delta: number) => string;
}

/** Grey and said to be noise, or with arrow, colour and words where it is more than that. */
export function changeOf({ delta, test, size, signed }: Change): Html {
  if (delta === null)
    return html`<span class="delta">${none("nothing to compare with in the days before")}</span>`;
  if (test === null) {
    const reason = "Too few answers, or all alike: nothing tells this change from chance.";
    return html`<span class="delta" title="${reason}">${signed(delta)} untested</span>`;
  }
  if (!test.isBeyondNoise) {
    const reason = "Chance alone often makes a change of this size.";
    return html`<span class="delta" title="${reason}">${signed(delta)} within noise</span>`;
  }
  const isUp = delta > 0;
  return html`<span class="delta ${isUp ? "up" : "down"}" title="More than chance makes of so many answers."><span aria-hidden="true">${isUp ? "▲" : "▼"}</span><span class="unseen">${isUp ? "up" : "down"}</span> ${size(Math.abs(delta))}</span>`;
}

/** A change of a count, which is neither good nor bad. */
export function changeOfCount(delta: number, signed: (delta: number) => string): Html {
  if (delta === 0) return html`<span class="delta">unchanged</span>`;
  const isUp = delta > 0;
  return html`<span class="delta counted"><span aria-hidden="true">${isUp ? "▲" : "▼"}</span><span class="unseen">${isUp ? "up" : "down"}</span> ${signed(Math.abs(delta))}</span>`;
}
