import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { address, defaultDays, type Parameter, type Selected, selectionOf } from "./selection.ts";
import { wayBack } from "./way-back.ts";

/** One page of a list of answers. */
export interface AnswerList extends Selected {
  /** The view's name: it is also the last part of the route. */
  readonly name: "responses" | "low-ratings";
  readonly title: string;
  /** Null when this page has none. */
  readonly answers: Html | null;
  readonly nextCursor: string | null;
}

/** A list with its filters in words, the way to its next page and the one back to the dashboard. */
export function listView(list: AnswerList, formats: Formats, { apiPath, url }: ViewContext): Html {
  const { name, title, answers, nextCursor, resolverName } = list;
  const asked = [...url.searchParams].filter(([parameter]) => parameter !== "cursor");
  const page = `${apiPath}/analytics/${name}`;
  const isFirst = !url.searchParams.has("cursor");
  const next: readonly Parameter[] = [...asked, ["cursor", nextCursor]];
  return html`<section class="csat dashboard" data-csat-view="${name}" lang="en" dir="ltr"><header class="head">
<p class="back"><a href="${address(`${apiPath}/analytics`, wayBack(url))}"><span aria-hidden="true">←</span> Dashboard</a></p>
<h1>${title}</h1>
<p class="days">${filterInWords(url, resolverName, formats)}</p></header>
<section class="card">${answers ?? html`<p class="quiet">${isFirst ? "No answers match." : "No further answers."} Other days, or another operator, are chosen on the dashboard.</p>`}</section>
<nav class="pages" aria-label="Pages">${isFirst ? nothing : html`<a class="button" href="${address(page, asked)}">Newest answers</a>`}${nextCursor === null ? nothing : html`<a class="button" rel="next" href="${address(page, next)}">Older answers</a>`}</nav></section>`;
}

function filterInWords(url: URL, resolverName: string | null, formats: Formats): Html {
  const { resolvedBy } = selectionOf(url);
  const rating = url.searchParams.get("rating");
  const who =
    resolvedBy === undefined
      ? nothing
      : resolvedBy === null
        ? html`, unattributed`
        : html`, resolved first by <bdi>${resolverName ?? resolvedBy}</bdi>`;
  return html`${daysInWords(url, formats)}, UTC${rating === null ? nothing : html`, rated ${formats.count(Number(rating))}`}${who}`;
}

function daysInWords({ searchParams }: URL, formats: Formats): string {
  const [from, to] = [searchParams.get("from"), searchParams.get("to")];
  if (from !== null && to !== null) return formats.days(from, to);
  return `The last ${formats.count(Number(searchParams.get("days") ?? defaultDays))} days`;
}
