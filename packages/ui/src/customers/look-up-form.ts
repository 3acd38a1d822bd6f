import type { CustomerRef } from "@csat/core";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/** Asks for a customer by address or id. It is posted: neither stands in an address of the browser, nor in a log. */
export function lookUpForm(
  { who, back }: { readonly who: CustomerRef; readonly back: string },
  { apiPath, wording }: ViewContext,
): Html {
  return html`<section class="card"><h2>${wording.say("lookUpCustomer")}</h2>
<form class="look-up" method="post" action="${apiPath}/customers/lookup">
<div class="field"><label for="csat-customer-address">${wording.say("customerAddress")}</label><input type="text" inputmode="email" id="csat-customer-address" name="address" value="${who.address ?? ""}" autocomplete="off" dir="auto"></div>
<div class="field"><label for="csat-customer-id">${wording.say("customerId")}</label><input type="text" id="csat-customer-id" name="id" value="${who.id ?? ""}" autocomplete="off" dir="auto"></div>
<input type="hidden" name="return" value="${back}"><button type="submit">${wording.say("lookUp")}</button></form></section>`;
}
