import type { Metrics } from "@csat/core";
import { type Html, html } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";

/** Whether there is nothing to show: nothing sent and nothing answered in these days and as many before. */
export function isWithoutSurveys({ current, previous }: Pick<Metrics, "current" | "previous">): boolean {
  return [current, previous].every(({ sent, responses }) => sent === 0 && responses === 0);
}

/** What will stand on the dashboard, and what to do for it. */
export function noSurveys({ previous, current }: Metrics, wording: Wording, { apiPath }: ViewContext): Html {
  return html`<section class="card empty"><h2>${wording.say("noSurveysYet")}</h2>
<p>${wording.say("noneWentOut", { days: wording.days(previous.from, current.to) })}</p>
<ol><li>${wording.put("switchOn", { settings: html`<a href="${apiPath}/settings">${wording.say("settingsLink")}</a>` })}</li><li>${wording.say("resolveOne")}</li><li>${wording.say("goesOutAfter")}</li></ol></section>`;
}

/** What stands there instead where one resolver or one value was asked for: surveys may well go out, to others. */
export function noMatch(wording: Wording): Html {
  return html`<section class="card"><p class="quiet">${wording.say("noMatch")}</p></section>`;
}
