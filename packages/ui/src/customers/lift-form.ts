import type { CustomerRef, StandingSuppression } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import { journalLine } from "../texts/journal-line.ts";
import { timeOf } from "../time-of.ts";
import type { ViewContext } from "../view-context.ts";

/** What leads a form back to the list when it was taken. */
export function listPath({ apiPath }: ViewContext): string {
  return `${apiPath}/customers/suppressed`;
}

/** One reason why a customer is not asked, since when, and the button that takes it back. Works without script. */
export function standingRow(
  { reason, at }: StandingSuppression,
  { who, back }: { readonly who: CustomerRef; readonly back: string },
  context: ViewContext,
): Html {
  const { apiPath, wording } = context;
  const why = journalLine({ event: "skipped", reason, actorId: null }, wording).why ?? reason;
  return html`<tr><th scope="row">${why}</th><td>${timeOf(at, wording)}</td><td><form class="lift" method="post" action="${apiPath}/customers/lift">${named(who)}<input type="hidden" name="reason" value="${reason}"><input type="hidden" name="return" value="${back}">${reason === "opted_out" ? consent(context) : nothing}<button type="submit" class="small">${wording.say("askThemAgain")}<span class="unseen">${wording.say("comma")}${why}</span></button></form></td></tr>
`;
}

/** The head above such rows. */
export function standingHead({ wording }: ViewContext): Html {
  return html`<thead><tr><th scope="col">${wording.say("suppressedColumn")}</th><th scope="col">${wording.say("sinceColumn")}</th><th scope="col"><span class="unseen">${wording.say("askThemAgain")}</span></th></tr></thead>`;
}

/** Only the customer takes an opt-out back: somebody says when they did. */
function consent({ now, wording }: ViewContext): Html {
  return html`<label class="small">${wording.say("consentGivenOn")} <input type="date" name="consentGivenAt" max="${now.toISOString().slice(0, "2026-11-27".length)}" required></label>`;
}

/** Says in a form whom it is about. */
export function named({ address, id, key }: CustomerRef): Html {
  return html`${Object.entries({ address, id, key }).map(([name, value]) => (value === undefined ? nothing : html`<input type="hidden" name="${name}" value="${value}">`))}`;
}
