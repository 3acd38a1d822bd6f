import type { DailyFigures, Metrics } from "@csat/core";
import { trendChart } from "../charts/trend-chart.ts";
import { type Html, html } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { address, type Parameter, type Selection } from "./selection.ts";
import { backTo } from "./way-back.ts";
import { orNone } from "./words.ts";

/** The chart of the days and, folded away, all of its figures as a table. Every day leads to its answers. */
export function trend(
  { daily, current }: Pick<Metrics, "daily" | "current">,
  selection: Selection,
  wording: Wording,
  { apiPath }: ViewContext,
): Html {
  const back = backTo(selection);
  const href = ({ day }: DailyFigures) => {
    const days: readonly Parameter[] = [
      ["from", day],
      ["to", day],
    ];
    return address(`${apiPath}/analytics/responses`, [...days, ...selection.filter, ...back]);
  };
  const dayOf = daily.length > 366 ? wording.dayOfYear : wording.day;
  const chart = trendChart({
    daily,
    title: wording.say("perDay"),
    description: describe(daily, current, wording),
    count: wording.count,
    day: dayOf,
    tip: (figures) => tipOf(figures, wording),
    href,
  });
  return html`<section class="card"><div class="title"><h2>${wording.say("perDay")}</h2>
<p class="legend small quiet"><span><svg width="12" height="12" aria-hidden="true"><path class="bars" d="M1 12V3h4v9ZM7 12V0h4v12Z"/></svg> ${wording.say("responsesAxis")}</span> <span><svg width="16" height="12" aria-hidden="true"><path class="average" d="M1 6h14"/></svg> ${wording.say("averageAxis", { low: wording.count(1), high: wording.count(5) })}</span></p></div>
${chart}
<details class="all-days"><summary>${wording.say("allDaysTable")}</summary>
<div class="scroll" role="region" aria-label="${wording.say("allDays")}" tabindex="0"><table>
<thead><tr><th scope="col">${wording.say("day")}</th><th scope="col" class="number">${wording.say("sent")}</th><th scope="col" class="number">${wording.say("responses")}</th><th scope="col" class="number">${wording.say("average")}</th></tr></thead>
<tbody>${daily.map((figures) => rowOf(figures, { day: dayOf(figures.day), href: href(figures) }, wording))}</tbody></table></div></details></section>`;
}

function rowOf(
  { sent, responses, averageRating }: DailyFigures,
  { day, href }: { readonly day: string; readonly href: string },
  wording: Wording,
): Html {
  const average = orNone(averageRating, wording.average, wording.say("noResponsesThatDay"), wording);
  return html`<tr><th scope="row"><a href="${href}">${day}</a></th><td class="number">${wording.count(sent)}</td><td class="number">${wording.count(responses)}</td><td class="number">${average}</td></tr>
`;
}

function tipOf({ day, sent, responses, averageRating }: DailyFigures, wording: Wording): string {
  const values = {
    day: wording.dayOfYear(day),
    responses: wording.counted("countedResponses", responses),
    sent: wording.count(sent),
  };
  if (averageRating === null) return wording.say("dayTip", values);
  return wording.say("dayTipAverage", { ...values, average: wording.average(averageRating) });
}

function describe(
  daily: readonly DailyFigures[],
  { responses, averageRating, from, to }: Metrics["current"],
  wording: Wording,
): string {
  const days = wording.days(from, to);
  if (averageRating === null) return wording.say("trendEmpty", { days });
  const empty = daily.filter((figures) => figures.responses === 0).length;
  const values = {
    days,
    responses: wording.counted("countedResponses", responses),
    average: wording.average(averageRating),
  };
  return empty === 0 ? wording.say("trendSaid", values) : wording.counted("trendGaps", empty, values);
}
