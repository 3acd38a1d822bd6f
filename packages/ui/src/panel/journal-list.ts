import { type ExplainedEntry, journalWords } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import { timeOf } from "../time-of.ts";

/** Every decision about a ticket's survey, oldest first: when, what, and why in words. */
export function journalList(journal: readonly ExplainedEntry[], formats: Formats): Html {
  if (journal.length === 0) {
    return html`<p class="quiet">Nothing was decided yet: nobody has resolved this ticket.</p>`;
  }
  const lines = journal.map(
    (entry) =>
      html`<li><span class="quiet small">${timeOf(entry.at, formats)}</span> <span>${lineOf(entry)}${dateOf(entry, formats)}</span></li>
`,
  );
  return html`<ol class="journal">${lines}</ol>`;
}

function lineOf(entry: ExplainedEntry): Html {
  const { what, why } = journalWords(entry);
  const { actorId, actorName } = entry;
  const who = actorId === null ? nothing : html` by <bdi>${actorName ?? actorId}</bdi>`;
  return html`${what}${who}${why === null ? nothing : html`: <bdi>${why}</bdi>`}`;
}

/** From when on the answer to a no is yes; of a survey that was put off, when it goes out. */
function dateOf({ event, eligibleAt }: ExplainedEntry, formats: Formats): Html {
  if (eligibleAt === undefined) return nothing;
  return html`; ${event === "deferred" ? "goes out" : "may be asked from"} ${timeOf(eligibleAt, formats)}`;
}
