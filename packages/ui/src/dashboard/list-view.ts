import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
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
export function listView(list: AnswerList, wording: Wording, { apiPath, url }: ViewContext): Html {
  const { name, title, answers, nextCursor, resolverName } = list;
  const asked = [...url.searchParams].filter(([parameter]) => parameter !== "cursor");
  const page = `${apiPath}/analytics/${name}`;
  const isFirst = !url.searchParams.has("cursor");
  const next: readonly Parameter[] = [...asked, ["cursor", nextCursor]];
  return html`<section class="csat dashboard" data-csat-view="${name}" lang="${wording.lang}" dir="${wording.dir}"><header class="head">
<p class="back"><a href="${address(`${apiPath}/analytics`, wayBack(url))}"><span class="arrow" aria-hidden="true">←</span> ${wording.say("dashboard")}</a></p>
<h1>${title}</h1>
<p class="days">${filterInWords(url, resolverName, wording)}</p></header>
<section class="card">${answers ?? html`<p class="quiet">${wording.say(isFirst ? "noMatch" : "noFurther")} ${wording.say("chooseOnDashboard")}</p>`}</section>
<nav class="pages" aria-label="${wording.say("pages")}">${isFirst ? nothing : html`<a class="button" href="${address(page, asked)}">${wording.say("newestAnswers")}</a>`}${nextCursor === null ? nothing : html`<a class="button" rel="next" href="${address(page, next)}">${wording.say("olderAnswers")}</a>`}</nav></section>`;
}

function filterInWords(url: URL, resolverName: string | null, wording: Wording): Html {
  const comma = wording.say("comma");
  const { resolvedBy } = selectionOf(url);
  const rating = url.searchParams.get("rating");
  const who =
    resolvedBy === undefined
      ? nothing
      : resolvedBy === null
        ? html`${comma}${wording.say("resolvedByNobody")}`
        : html`${comma}${wording.put("resolvedFirstBy", { name: html`<bdi>${resolverName ?? resolvedBy}</bdi>` })}`;
  return html`${daysInWords(url, wording)}${rating === null ? nothing : html`${comma}${wording.say("onlyRated", { rating: wording.count(Number(rating)) })}`}${who}`;
}

function daysInWords({ searchParams }: URL, wording: Wording): string {
  const [from, to] = [searchParams.get("from"), searchParams.get("to")];
  if (from !== null && to !== null) return wording.say("inUtc", { days: wording.days(from, to) });
  return wording.counted("lastDays", Number(searchParams.get("days") ?? defaultDays));
}
