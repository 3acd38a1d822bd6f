import type { CustomerRef, StandingSuppression } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { listPath, named, standingHead, standingRow } from "./lift-form.ts";
import { lookUpForm } from "./look-up-form.ts";

/** What keeps one customer from being asked, by whom they were looked up, and where the list stands. */
export interface CustomerData {
  readonly suppressions: readonly StandingSuppression[];
  readonly who: CustomerRef;
  /** Null for the handler's own page of the list. */
  readonly back: string | null;
}

/** One customer who was looked up: what stands, to be taken back, and a button that has nobody ask them. */
export function customerView(data: CustomerData, context: ViewContext): Html {
  const { suppressions, who } = data;
  const { wording } = context;
  const back = data.back ?? listPath(context);
  const rows = suppressions.map((one) => standingRow(one, { who, back }, context));
  const isByHand = suppressions.some(({ reason }) => reason === "by_hand");
  const stands =
    rows.length === 0
      ? html`<p>${wording.say("nothingStands")}</p>`
      : html`<table>${standingHead(context)}<tbody>${rows}</tbody></table>`;
  const hasOptedOut = suppressions.some(({ reason }) => reason === "opted_out");
  return html`<section class="csat view customers" data-csat-view="customer" lang="${wording.lang}" dir="${wording.dir}">
<header class="head"><p class="back"><a href="${back}"><span class="arrow" aria-hidden="true">←</span> ${wording.say("allCustomers")}</a></p>
<h1>${wording.say("whatStands")}</h1></header>
<section class="card stands">${stands}${hasOptedOut ? html`<p class="quiet small">${wording.say("consentNote")}</p>` : nothing}${isByHand ? nothing : suppressForm(who, back, context)}</section>
${lookUpForm({ who, back }, context)}</section>`;
}

function suppressForm(who: CustomerRef, back: string, { apiPath, wording }: ViewContext): Html {
  return html`<form method="post" action="${apiPath}/customers/suppress">${named(who)}<input type="hidden" name="return" value="${back}"><button type="submit">${wording.say("neverAskThem")}</button></form>`;
}
