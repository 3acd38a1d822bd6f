import type { OutboxEvent, Page } from "@csat/core";
import { address, type Parameter } from "../dashboard/selection.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { eventRow } from "./event-row.ts";
import { testButton } from "./test-button.ts";

/** Events on their way to other systems, newest first: how each endpoint fares, and a replay of what was given up. */
export function webhooksView({ items, nextCursor }: Page<OutboxEvent>, context: ViewContext): Html {
  const { url, apiPath } = context;
  const isDead = url.searchParams.has("dead") && !["0", "false"].includes(url.searchParams.get("dead") ?? "");
  // What a host put into the address of its own page stays there.
  const others: readonly Parameter[] = [...url.searchParams].filter(([name]) => !own.has(name));
  const asked: readonly Parameter[] = isDead ? [...others, ["dead", null]] : others;
  const place: EventList = {
    isDead,
    isFirst: !url.searchParams.has("cursor"),
    all: address(url.pathname, others),
    dead: address(url.pathname, [...others, ["dead", null]]),
    newest: address(url.pathname, asked),
    older: nextCursor === null ? null : address(url.pathname, [...asked, ["cursor", nextCursor]]),
  };
  const back = address(url.pathname, [...asked, ["replayed", "1"]]);
  const wording = context.wording;
  const rows = items.map((event) => eventRow(event, back, wording, context));
  const notice = url.searchParams.has("replayed")
    ? html`<p class="notice" role="status">${wording.say("onItsWay")}</p>`
    : nothing;
  return html`<section class="csat view webhooks" data-csat-view="webhooks" lang="${wording.lang}" dir="${wording.dir}">
<header class="head"><h1>${wording.say("webhooks")}</h1>
<nav class="ranges" aria-label="${wording.say("deliveries")}">${choice(wording.say("all"), place.all, !isDead)}${choice(wording.say("givenUp"), place.dead, isDead)}</nav>
${testButton(apiPath, wording.say("sendTest"))}</header>
${notice}
${items.length === 0 ? empty(place, wording) : html`<section class="card"><ul class="events">${rows}</ul></section>`}
${pages(place, wording)}</section>`;
}

/** What the list shows, and the addresses around it. */
interface EventList {
  readonly isDead: boolean;
  readonly isFirst: boolean;
  readonly all: string;
  readonly dead: string;
  readonly newest: string;
  readonly older: string | null;
}

const own = new Set(["dead", "cursor", "replayed"]);

function choice(label: string, href: string, isCurrent: boolean): Html {
  return html`<a class="button" href="${href}"${isCurrent ? html` aria-current="true"` : nothing}>${label}</a>`;
}

function empty({ isDead, isFirst }: EventList, wording: Wording): Html {
  if (!isFirst) return html`<section class="card empty"><h2>${wording.say("noFurtherEvents")}</h2></section>`;
  if (isDead) {
    return html`<section class="card empty"><h2>${wording.say("nothingGivenUp")}</h2>
<p>${wording.say("whatIsGivenUp")}</p></section>`;
  }
  return html`<section class="card empty"><h2>${wording.say("noEvents")}</h2>
<p>${wording.say("whatEventsAre")}</p></section>`;
}

function pages({ isFirst, newest, older }: EventList, wording: Wording): Html {
  if (isFirst && older === null) return nothing;
  return html`<nav class="pages" aria-label="${wording.say("pages")}">${isFirst ? nothing : html`<a class="button" href="${newest}">${wording.say("newestEvents")}</a>`}${older === null ? nothing : html`<a class="button" rel="next" href="${older}">${wording.say("olderEvents")}</a>`}</nav>`;
}
