import type { DailyFigures, Metrics } from "@csat/core";
import { trendChart } from "../charts/trend-chart.ts";
import type { Formats } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { address, type Parameter, type Selection } from "./selection.ts";
import { backTo } from "./way-back.ts";
import { counted, orNone } from "./words.ts";

/** The chart of the days and, folded away, all of its figures as a table. Every day leads to its answers. */
export function trend(
  { daily, current }: Metrics,
  selection: Selection,
  formats: Formats,
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
  const dayOf = daily.length > 366 ? formats.dayOfYear : formats.day;
  const chart = trendChart({
    daily,
    title: "Responses per day, and their average",
    description: describe(daily, current, formats),
    count: formats.count,
    day: dayOf,
    tip: (figures) => tipOf(figures, formats),
    href,
  });
  return html`<section class="card"><div class="title"><h2>Responses per day, and their average</h2>
<p class="legend small quiet"><span><svg width="12" height="12" aria-hidden="true"><path class="bars" d="M1 12V3h4v9ZM7 12V0h4v12Z"/></svg> Responses (left)</span> <span><svg width="16" height="12" aria-hidden="true"><path class="average" d="M1 6h14"/></svg> Average, ${formats.count(1)} to ${formats.count(5)} (right)</span></p></div>
${chart}
<details class="all-days"><summary>All days as a table</summary>
<div class="scroll" role="region" aria-label="All days" tabindex="0"><table>
<thead><tr><th scope="col">Day</th><th scope="col" class="number">Sent</th><th scope="col" class="number">Responses</th><th scope="col" class="number">Average</th></tr></thead>
<tbody>${daily.map((figures) => rowOf(figures, { day: dayOf(figures.day), href: href(figures) }, formats))}</tbody></table></div></details></section>`;
}

function rowOf(
  { sent, responses, averageRating }: DailyFigures,
  { day, href }: { readonly day: string; readonly href: string },
  formats: Formats,
): Html {
  const average = orNone(averageRating, formats.average, "no responses on this day");
  return html`<tr><th scope="row"><a href="${href}">${day}</a></th><td class="number">${formats.count(sent)}</td><td class="number">${formats.count(responses)}</td><td class="number">${average}</td></tr>
`;
}

function tipOf({ day, sent, responses, averageRating }: DailyFigures, formats: Formats): string {
  const answers = counted(responses, formats.count(responses), "response");
  const average = averageRating === null ? "" : `, average ${formats.average(averageRating)}`;
  return `${formats.dayOfYear(day)}: ${answers}${average}, ${formats.count(sent)} sent`;
}

function describe(
  daily: readonly DailyFigures[],
  { responses, averageRating, from, to }: Metrics["current"],
  formats: Formats,
): string {
  const answers = counted(responses, formats.count(responses), "response");
  if (averageRating === null) return `${formats.days(from, to)}: no responses.`;
  const empty = daily.filter((figures) => figures.responses === 0).length;
  const gaps = empty === 0 ? "" : ` ${counted(empty, formats.count(empty), "day")} without any.`;
  return `${formats.days(from, to)}: ${answers}, average ${formats.average(averageRating)}.${gaps} The table below has every day.`;
}
