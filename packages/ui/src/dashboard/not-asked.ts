import type { Metrics, NotAskedFigures } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import { journalLine } from "../texts/journal-line.ts";
import type { Wording } from "../texts/wording.ts";

// Beyond, days are told without their reasons, which stand above for all of them.
const mostRows = 400;

/**
 * How many tickets were not asked about, in one line that opens into the reasons and the days; and that answers weigh
 * alike where the sample was not the same throughout. Nothing where there is nothing to say.
 */
export function notAskedLine({ notAsked, sampling }: Metrics, wording: Wording): Html {
  const figures = notAsked === null || notAsked.total === 0 ? nothing : unfolding(notAsked, wording);
  const note =
    sampling.percents.length < 2
      ? nothing
      : html`<p class="quiet small">${wording.say("sampleChanged", { percents: inTurn(sampling.percents, wording) })}</p>`;
  return html`${figures}${note}`;
}

function unfolding({ total, byReason, daily }: NotAskedFigures, wording: Wording): Html {
  const reasons = byReason.map(
    ({ reason, count }) =>
      html`<tr><th scope="row"><bdi>${whyOf(reason, wording)}</bdi></th><td class="number">${wording.count(count)}</td></tr>
`,
  );
  return html`<details class="not-asked"><summary class="quiet">${wording.counted("wereNotAsked", total)}</summary>
<div class="card"><table><thead><tr><th scope="col">${wording.say("whyColumn")}</th><th scope="col" class="number">${wording.say("tickets")}</th></tr></thead><tbody>${reasons}</tbody></table>
<div class="scroll" role="region" aria-label="${wording.say("notAskedByDay")}" tabindex="0">${dayTable(daily, wording)}</div></div></details>`;
}

function dayTable(daily: NotAskedFigures["daily"], wording: Wording): Html {
  const hasReasons = daily.length <= mostRows;
  const rows = hasReasons
    ? daily.map(({ day, reason, count }) =>
        rowOf(day, count, html`<td><bdi>${whyOf(reason, wording)}</bdi></td>`, wording),
      )
    : Array.from(sumsOf(daily), ([day, count]) => rowOf(day, count, nothing, wording));
  return html`<table><thead><tr><th scope="col">${wording.say("day")}</th>${hasReasons ? html`<th scope="col">${wording.say("whyColumn")}</th>` : nothing}<th scope="col" class="number">${wording.say("tickets")}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function rowOf(day: string, count: number, reason: Html, wording: Wording): Html {
  return html`<tr><th scope="row">${wording.dayOfYear(day)}</th>${reason}<td class="number">${wording.count(count)}</td></tr>
`;
}

function sumsOf(daily: NotAskedFigures["daily"]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { day, count } of daily) sums.set(day, (sums.get(day) ?? 0) + count);
  return sums;
}

/** "25 %, 50 %", in the order of their coming. */
function inTurn(percents: readonly number[], wording: Wording): string {
  return percents.map((percent) => wording.percent(percent / 100)).join(wording.say("comma"));
}

function whyOf(reason: string, wording: Wording): string {
  return journalLine({ event: "skipped", reason, actorId: null }, wording).why ?? reason;
}
