import { type ExplainedEntry, journalWords, type NotAsked } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { ViewContext } from "../view-context.ts";

/** Why nobody is asked, and from which day on they may be, for a panel that has nothing to show. */
export function notAskedWords(
  { reason, eligibleAt, percent }: NotAsked,
  { journal, isLeftOut }: { readonly journal: readonly ExplainedEntry[]; readonly isLeftOut: boolean },
  formats: Formats,
  { now }: ViewContext,
): Html {
  if (isLeftOut) return html`Left out${byWhom(journal)}`;
  if (percent !== undefined) return html`Not in the sample (${formats.percent(percent / 100)})`;
  const { why } = journalWords({ event: "skipped", reason, actorId: null });
  const from = eligibleAt === null ? null : eligibleAt <= now ? "now" : formats.dayNear(now, eligibleAt);
  const date =
    from === null ? nothing : html`; may be asked ${from === "now" ? "again" : html`from ${from}`}`;
  return html`Not asked: <bdi>${why}</bdi>${date}`;
}

function byWhom(journal: readonly ExplainedEntry[]): Html {
  const { actorId = null, actorName } = journal.findLast(({ event }) => event === "left_out") ?? {};
  return actorId === null ? nothing : html` by <bdi>${actorName ?? actorId}</bdi>`;
}
