import type { NoiseTest } from "@csat/core";
import { type Html, html } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
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
  readonly wording: Wording;
}

/** Grey and said to be noise, or with arrow, colour and words where it is more than that. */
export function changeOf({ delta, test, size, signed, wording }: Change): Html {
  if (delta === null) return html`<span class="delta">${none(wording.say("nothingBefore"), wording)}</span>`;
  if (test === null) {
    const reason = wording.say("whyUntested");
    return html`<span class="delta" title="${reason}">${wording.say("untested", { change: signed(delta) })}</span>`;
  }
  if (!test.isBeyondNoise) {
    const reason = wording.say("whyWithinNoise");
    return html`<span class="delta" title="${reason}">${wording.say("withinNoise", { change: signed(delta) })}</span>`;
  }
  const isUp = delta > 0;
  return html`<span class="delta ${isUp ? "up" : "down"}" title="${wording.say("whyBeyondNoise")}"><span aria-hidden="true">${isUp ? "▲" : "▼"}</span><span class="unseen">${wording.say(isUp ? "up" : "down")}</span> ${size(Math.abs(delta))}</span>`;
}

/** A change of a count, which is neither good nor bad. */
export function changeOfCount(delta: number, wording: Wording): Html {
  if (delta === 0) return html`<span class="delta">${wording.say("unchanged")}</span>`;
  const isUp = delta > 0;
  return html`<span class="delta counted"><span aria-hidden="true">${isUp ? "▲" : "▼"}</span><span class="unseen">${wording.say(isUp ? "up" : "down")}</span> ${wording.count(Math.abs(delta))}</span>`;
}
