import type { PeriodSummary } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { address, defaultDays, type Parameter, type Selection, valueIn } from "./selection.ts";
import { valueInWords } from "./words.ts";

/** What the header of the dashboard says and leads to. */
export interface Header {
  readonly current: PeriodSummary;
  readonly previous: PeriodSummary;
  readonly selection: Selection;
  /** Of the operator whose tickets alone are shown; null when the host does not name them. */
  readonly resolverName: string | null;
  /** Of the page. */
  readonly title: string;
  /** Whether the answers may be saved as a file. */
  readonly hasExport: boolean;
}

/** The days with the ways to others, the export of them, and the filter that is on. */
export function headerOf(header: Header, wording: Wording, { apiPath }: ViewContext): Html {
  const { current, previous, selection, title, hasExport } = header;
  const { range, filter } = selection;
  const page = `${apiPath}/analytics`;
  return html`<header class="head">
<h1>${title}</h1>
<nav class="ranges" aria-label="${wording.say("days")}">${[7, 30, 90].map((days) => presetOf(days, page, selection, wording))}${customRange(header, page, wording)}</nav>
<p class="days">${wording.say("inUtc", { days: wording.days(current.from, current.to) })}<br><span class="quiet small">${wording.say("comparedWith", { days: wording.days(previous.from, previous.to) })}</span></p>
${hasExport ? html`<a class="button export" href="${address(`${apiPath}/analytics/responses.csv`, [...range, ...filter, ["bom", null]])}" download aria-label="${wording.say("csvOf")}">${wording.say("csv")}</a>` : nothing}
</header>${filterLine(header, page, wording)}`;
}

function presetOf(days: number, page: string, { range, filter, by }: Selection, wording: Wording): Html {
  const [[name, value] = ["days", defaultDays]] = range;
  const isCurrent = name === "days" && value === String(days);
  return html`<a class="button" href="${address(page, [["days", String(days)], ...filter, ...by])}"${isCurrent ? html` aria-current="true"` : nothing}>${wording.say("daysShort", { count: wording.count(days) })}<span class="unseen">${wording.say("comma")}${wording.counted("daysLong", days)}</span></a>`;
}

function customRange(
  { current, selection: { range, filter, by } }: Header,
  page: string,
  wording: Wording,
): Html {
  const isCurrent = range.some(([name]) => name !== "days");
  return html`<details class="custom"><summary class="button"${isCurrent ? html` aria-current="true"` : nothing}>${wording.say("custom")}</summary>
<form class="card" method="get" action="${page}">${[...filter, ...by].map(hidden)}
<label>${wording.say("from")} <input type="date" name="from" value="${current.from}" required></label>
<label>${wording.say("to")} <input type="date" name="to" value="${current.to}" required></label>
<button type="submit">${wording.say("showDays")}</button></form></details>`;
}

/** Carries a parameter on in a form. */
export function hidden([name, value]: Parameter): Html {
  return html`<input type="hidden" name="${name}" value="${value ?? "1"}">`;
}

function filterLine({ selection, resolverName }: Header, page: string, wording: Wording): Html {
  const { range, resolvedBy } = selection;
  const only = valueIn(selection);
  if (resolvedBy === undefined && only === null) return nothing;
  const who =
    resolvedBy === undefined
      ? nothing
      : resolvedBy === null
        ? html`${wording.say("onlyUnattributed")} `
        : html`${wording.put("onlyResolvedBy", { name: html`<bdi>${resolverName ?? resolvedBy}</bdi>` })} `;
  const which = only === null ? nothing : html`${wording.put("onlyWhere", valueInWords(only))} `;
  return html`<p class="notice filter">${who}${which}<a href="${address(page, range)}">${wording.say("showAll")}</a></p>`;
}
