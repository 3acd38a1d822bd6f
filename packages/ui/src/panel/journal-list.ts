import type { ExplainedEntry } from "@csat/core";
import { type Html, html } from "../html.ts";
import { journalLine } from "../texts/journal-line.ts";
import type { Wording } from "../texts/wording.ts";
import { timeOf } from "../time-of.ts";

/** Every decision about a ticket's survey, oldest first: when, what, and why in words. */
export function journalList(journal: readonly ExplainedEntry[], wording: Wording): Html {
  if (journal.length === 0) {
    return html`<p class="quiet">${wording.say("nothingDecided")}</p>`;
  }
  const lines = journal.map(
    (entry) =>
      html`<li><span class="quiet small">${timeOf(entry.at, wording)}</span> <span>${lineOf(entry, wording)}</span></li>
`,
  );
  return html`<ol class="journal">${lines}</ol>`;
}

function lineOf(entry: ExplainedEntry, wording: Wording): Html {
  const { what, why } = journalLine(entry, wording);
  const { actorId, actorName } = entry;
  const line =
    actorId === null
      ? html`${what}`
      : wording.put("lineBy", { what, name: html`<bdi>${actorName ?? actorId}</bdi>` });
  const said = why === null ? line : wording.put("lineWhy", { line, why: html`<bdi>${why}</bdi>` });
  return withDate(said, entry, wording);
}

/** From when on the answer to a no is yes; of a survey that was put off, when it goes out. */
function withDate(line: Html, { event, eligibleAt }: ExplainedEntry, wording: Wording): Html {
  if (eligibleAt === undefined) return line;
  const time = timeOf(eligibleAt, wording);
  return wording.put(event === "deferred" ? "lineGoesOut" : "lineFrom", { line, time });
}
