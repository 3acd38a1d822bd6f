import { type JournalEntry, journalWords } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import { timeOf } from "../time-of.ts";
import type { ViewContext } from "../view-context.ts";

/** Every decision about a ticket's survey, oldest first: when, what, and why in words. */
export function journalList(
  journal: readonly JournalEntry[],
  formats: Formats,
  { operatorNames }: ViewContext,
): Html {
  if (journal.length === 0) {
    return html`<p class="quiet">Nothing was decided yet: nobody has resolved this ticket.</p>`;
  }
  const lines = journal.map(
    (entry) =>
      html`<li><span class="quiet small">${timeOf(entry.at, formats)}</span> <span>${lineOf(entry, operatorNames)}</span></li>
`,
  );
  return html`<ol class="journal">${lines}</ol>`;
}

function lineOf(entry: JournalEntry, operatorNames: ReadonlyMap<string, string>): Html {
  const { what, why } = journalWords(entry);
  const { actorId } = entry;
  const who = actorId === null ? nothing : html` by <bdi>${operatorNames.get(actorId) ?? actorId}</bdi>`;
  return html`${what}${who}${why === null ? nothing : html`: <bdi>${why}</bdi>`}`;
}
