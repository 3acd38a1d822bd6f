import type { Metrics } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/** Whether there is nothing to show: nothing sent and nothing answered in these days and as many before. */
export function isWithoutSurveys({ current, previous }: Metrics): boolean {
  return [current, previous].every(({ sent, responses }) => sent === 0 && responses === 0);
}

/** What will stand on the dashboard, and what to do for it. */
export function noSurveys({ previous, current }: Metrics, formats: Formats, { apiPath }: ViewContext): Html {
  return html`<section class="card empty"><h2>No surveys sent yet</h2>
<p>None went out from ${formats.days(previous.from, current.to)}. Once customers answer, their average rating, the response rate, a chart of the days, the figures of each operator and the answers to follow up stand here.</p>
<ol><li>Switch surveys on in the <a href="${apiPath}/settings">settings</a>.</li><li>Resolve a ticket of a customer with an e-mail address.</li><li>The survey goes out after the delay that the settings name.</li></ol></section>`;
}
