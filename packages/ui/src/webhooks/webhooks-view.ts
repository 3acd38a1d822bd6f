import type { OutboxEvent, Page } from "@csat/core";
import { address, type Parameter } from "../dashboard/selection.ts";
import { formatsOf } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
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
  const formats = formatsOf(context.locale);
  const rows = items.map((event) => eventRow(event, back, formats, context));
  const notice = url.searchParams.has("replayed")
    ? html`<p class="notice" role="status">The event is on its way again.</p>`
    : nothing;
  return html`<section class="csat view webhooks" data-csat-view="webhooks" lang="en" dir="ltr">
<header class="head"><h1>Webhook deliveries</h1>
<nav class="ranges" aria-label="Deliveries">${choice("All", place.all, !isDead)}${choice("Given up", place.dead, isDead)}</nav>
${testButton(apiPath, "Send a test event")}</header>
${notice}
${items.length === 0 ? empty(place) : html`<section class="card"><ul class="events">${rows}</ul></section>`}
${pages(place)}</section>`;
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

function empty({ isDead, isFirst }: EventList): Html {
  if (!isFirst) return html`<section class="card empty"><h2>No further events</h2></section>`;
  if (isDead) {
    return html`<section class="card empty"><h2>Nothing was given up</h2>
<p>An event that an endpoint did not take after six attempts stands here, and can be sent again under its old id.</p></section>`;
  }
  return html`<section class="card empty"><h2>No events yet</h2>
<p>Each answer of a customer is told to the endpoints of this workspace; how they took it stands here. A test event shows whether they can be reached.</p></section>`;
}

function pages({ isFirst, newest, older }: EventList): Html {
  if (isFirst && older === null) return nothing;
  return html`<nav class="pages" aria-label="Pages">${isFirst ? nothing : html`<a class="button" href="${newest}">Newest events</a>`}${older === null ? nothing : html`<a class="button" rel="next" href="${older}">Older events</a>`}</nav>`;
}
