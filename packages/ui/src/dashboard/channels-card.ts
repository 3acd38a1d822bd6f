import type { Metrics } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import { orNone } from "./words.ts";

/** What was sent and answered in each channel, the most answers first. Nothing while there is no channel but mail. */
export function channelsCard({ byChannel }: Pick<Metrics, "byChannel">, formats: Formats): Html {
  if (byChannel.length === 0) return nothing;
  const rows = byChannel.map(
    ({ channel, sent, responses, averageRating }) =>
      html`<tr><th scope="row"><bdi>${channel.replaceAll("_", " ")}</bdi></th><td class="number">${formats.count(sent)}</td><td class="number">${formats.count(responses)}</td><td class="number">${orNone(averageRating, formats.average, "no responses in these days")}</td></tr>
`,
  );
  return html`<section class="card"><h2>By channel <span class="quiet small">where it was asked and answered</span></h2>
<div class="scroll" role="region" aria-label="By channel" tabindex="0"><table>
<thead><tr><th scope="col">Channel</th><th scope="col" class="number">Sent</th><th scope="col" class="number">Responses</th><th scope="col" class="number">Average</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>
`;
}
