import type { PeriodSummary } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { address, defaultDays, type Parameter, type Selection } from "./selection.ts";

/** What the header of the dashboard says and leads to. */
export interface Header {
  readonly current: PeriodSummary;
  readonly previous: PeriodSummary;
  readonly selection: Selection;
  /** Of the operator whose tickets alone are shown; null when the host does not name them. */
  readonly resolverName: string | null;
}

/** The days with the ways to others, the export of them, and the filter that is on. */
export function headerOf(header: Header, formats: Formats, { apiPath }: ViewContext): Html {
  const { current, previous, selection } = header;
  const { range, filter } = selection;
  const page = `${apiPath}/analytics`;
  return html`<header class="head">
<h1>Customer satisfaction</h1>
<nav class="ranges" aria-label="Days">${["7", "30", "90"].map((days) => presetOf(days, page, selection))}${customRange(header, page)}</nav>
<p class="days">${formats.days(current.from, current.to)}, UTC<br><span class="quiet small">compared with ${formats.days(previous.from, previous.to)}</span></p>
<a class="button export" href="${address(`${apiPath}/analytics/responses.csv`, [...range, ...filter, ["bom", null]])}" download>CSV<span class="unseen"> of these responses</span></a>
</header>${filterLine(header, page)}`;
}

function presetOf(days: string, page: string, { range, filter }: Selection): Html {
  const [[name, value] = ["days", defaultDays]] = range;
  const isCurrent = name === "days" && value === days;
  return html`<a class="button" href="${address(page, [["days", days], ...filter])}"${isCurrent ? html` aria-current="true"` : nothing}>${days} d<span class="unseen">ays</span></a>`;
}

function customRange({ current, selection: { range, filter } }: Header, page: string): Html {
  const isCurrent = range.some(([name]) => name !== "days");
  return html`<details class="custom"><summary class="button"${isCurrent ? html` aria-current="true"` : nothing}>Custom</summary>
<form class="card" method="get" action="${page}">${filter.map(hidden)}
<label>From <input type="date" name="from" value="${current.from}" required></label>
<label>To <input type="date" name="to" value="${current.to}" required></label>
<button type="submit">Show these days</button></form></details>`;
}

function hidden([name, value]: Parameter): Html {
  return html`<input type="hidden" name="${name}" value="${value ?? "1"}">`;
}

function filterLine({ selection, resolverName }: Header, page: string): Html {
  const { range, resolvedBy } = selection;
  if (resolvedBy === undefined) return nothing;
  const who =
    resolvedBy === null
      ? html`Only tickets that nobody is known to have resolved (Unattributed).`
      : html`Only tickets that <bdi>${resolverName ?? resolvedBy}</bdi> resolved first.`;
  return html`<p class="notice filter">${who} <a href="${address(page, range)}">Show all</a></p>`;
}
