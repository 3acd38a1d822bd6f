import type { JournalEntry } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html } from "../html.ts";
import { timeOf } from "../time-of.ts";
import type { ViewContext } from "../view-context.ts";
import { journalWords } from "./journal-words.ts";

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
      html`<li><span class="quiet small">${timeOf(entry.at, formats)}</span> <span>${journalWords(entry, operatorNames)}</span></li>
`,
  );
  return html`<ol class="journal">${lines}</ol>`;
}
