import { exclusionNotice, exclusionParameters } from "../exclude-form.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { address, defaultDays, type Parameter, type Selected, selectionOf, valueIn } from "./selection.ts";
import { wayBack } from "./way-back.ts";
import { valueInWords } from "./words.ts";

/** One page of a list of answers. */
export interface AnswerList extends Selected {
  /** The view's name. */
  readonly name: "responses" | "low-ratings" | "own-responses";
  readonly title: string;
  /** Null when this page has none. */
  readonly answers: Html | null;
  readonly nextCursor: string | null;
}

/** A list with its filters in words, the way to its next page and the one back to the dashboard. */
export function listView(list: AnswerList, wording: Wording, context: ViewContext): Html {
  const { apiPath, url } = context;
  const { name, title, answers, nextCursor, resolverName, mayExclude = false } = list;
  const asked = [...url.searchParams].filter(
    ([parameter]) => parameter !== "cursor" && !exclusionParameters.has(parameter),
  );
  const isOwn = name === "own-responses";
  const home = `${apiPath}/${isOwn ? "my/analytics" : "analytics"}`;
  const page = `${home}/${isOwn ? "responses" : name}`;
  const isFirst = !url.searchParams.has("cursor");
  const next: readonly Parameter[] = [...asked, ["cursor", nextCursor]];
  return html`<section class="csat dashboard" data-csat-view="${name}" lang="${wording.lang}" dir="${wording.dir}"><header class="head">
<p class="back"><a href="${address(home, wayBack(url))}"><span class="arrow" aria-hidden="true">←</span> ${wording.say(isOwn ? "ownSurveys" : "dashboard")}</a></p>
<h1>${title}</h1>
<p class="days">${filterInWords(url, resolverName, wording)}</p></header>
${exclusionNotice(mayExclude, context) ?? nothing}<section class="card">${answers ?? html`<p class="quiet">${wording.say(isFirst ? "noMatch" : "noFurther")} ${isOwn ? nothing : wording.say("chooseOnDashboard")}</p>`}</section>
<nav class="pages" aria-label="${wording.say("pages")}">${isFirst ? nothing : html`<a class="button" href="${address(page, asked)}">${wording.say("newestAnswers")}</a>`}${nextCursor === null ? nothing : html`<a class="button" rel="next" href="${address(page, next)}">${wording.say("olderAnswers")}</a>`}</nav></section>`;
}

function filterInWords(url: URL, resolverName: string | null, wording: Wording): Html {
  const comma = wording.say("comma");
  const selection = selectionOf(url);
  const { resolvedBy } = selection;
  const only = valueIn(selection);
  const rating = url.searchParams.get("rating");
  const who =
    resolvedBy === undefined
      ? nothing
      : resolvedBy === null
        ? html`${comma}${wording.say("resolvedByNobody")}`
        : html`${comma}${wording.put("resolvedFirstBy", { name: html`<bdi>${resolverName ?? resolvedBy}</bdi>` })}`;
  const which = only === null ? nothing : html`${comma}${wording.put("isWhere", valueInWords(only))}`;
  return html`${daysInWords(url, wording)}${rating === null ? nothing : html`${comma}${wording.say("onlyRated", { rating: wording.count(Number(rating)) })}`}${who}${which}`;
}

function daysInWords({ searchParams }: URL, wording: Wording): string {
  const [from, to] = [searchParams.get("from"), searchParams.get("to")];
  if (from !== null && to !== null) return wording.say("inUtc", { days: wording.days(from, to) });
  return wording.counted("lastDays", Number(searchParams.get("days") ?? defaultDays));
}
