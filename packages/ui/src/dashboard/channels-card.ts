import type { Metrics } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import { orNone } from "./words.ts";

/** What was sent and answered in each channel, the most answers first. Nothing while there is no channel but mail. */
export function channelsCard({ byChannel }: Pick<Metrics, "byChannel">, wording: Wording): Html {
  if (byChannel.length === 0) return nothing;
  const rows = byChannel.map(
    ({ channel, sent, responses, averageRating }) =>
      html`<tr><th scope="row"><bdi>${channel.replaceAll("_", " ")}</bdi></th><td class="number">${wording.count(sent)}</td><td class="number">${wording.count(responses)}</td><td class="number">${orNone(averageRating, wording.average, wording.say("noResponses"), wording)}</td></tr>
`,
  );
  return html`<section class="card"><h2>${wording.say("byChannel")} <span class="quiet small">${wording.say("whereAsked")}</span></h2>
<div class="scroll" role="region" aria-label="${wording.say("byChannel")}" tabindex="0"><table>
<thead><tr><th scope="col">${wording.say("channel")}</th><th scope="col" class="number">${wording.say("sent")}</th><th scope="col" class="number">${wording.say("responses")}</th><th scope="col" class="number">${wording.say("average")}</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>
`;
}
