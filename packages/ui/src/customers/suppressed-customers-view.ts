import type { Page, SuppressedCustomer } from "@csat/core";
import { address, type Parameter } from "../dashboard/selection.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { standingHead, standingRow } from "./lift-form.ts";
import { lookUpForm } from "./look-up-form.ts";

/** Customers whom nobody asks, the latest first: why and since when. No address: none is stored. */
export function suppressedCustomersView(
  { items, nextCursor }: Page<SuppressedCustomer>,
  context: ViewContext,
): Html {
  const { url, apiPath, wording } = context;
  // What a host put into the address of its own page stays there.
  const others: readonly Parameter[] = [...url.searchParams].filter(([name]) => name !== "cursor");
  const newest = address(url.pathname, others);
  const isFirst = !url.searchParams.has("cursor");
  const rows = items.map(({ key, suppressions }) =>
    suppressions.map((one) => standingRow(one, { who: { key }, back: newest }, context)),
  );
  const list =
    items.length === 0 && isFirst
      ? html`<p class="quiet">${wording.say("nobodySuppressed")}</p>`
      : html`<table>${standingHead(context)}<tbody>${rows}</tbody></table>`;
  return html`<section class="csat view customers" data-csat-view="suppressed-customers" lang="${wording.lang}" dir="${wording.dir}">
<header class="head"><p class="back"><a href="${apiPath}/settings"><span class="arrow" aria-hidden="true">←</span> ${wording.say("settings")}</a></p>
<h1>${wording.say("suppressedCustomers")}</h1></header>
<p class="quiet">${wording.say("suppressedNote")}</p>
${lookUpForm({ who: {}, back: newest }, context)}
<section class="card">${list}</section>
${pages({ newest: isFirst ? null : newest, older: nextCursor === null ? null : address(url.pathname, [...others, ["cursor", nextCursor]]) }, context)}</section>`;
}

function pages(
  { newest, older }: { readonly newest: string | null; readonly older: string | null },
  { wording }: ViewContext,
): Html {
  if (newest === null && older === null) return nothing;
  return html`<nav class="pages" aria-label="${wording.say("pages")}">${newest === null ? nothing : html`<a class="button" href="${newest}">${wording.say("newestEntries")}</a>`}${older === null ? nothing : html`<a class="button" rel="next" href="${older}">${wording.say("olderEntries")}</a>`}</nav>`;
}
