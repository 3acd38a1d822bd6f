import type { ExplainedEntry, NotAsked } from "@csat/core";
import { type Html, html } from "../html.ts";
import { journalLine } from "../texts/journal-line.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";

/** Why nobody is asked, and from which day on they may be, for a panel that has nothing to show. */
export function notAskedWords(
  { reason, eligibleAt, percent }: NotAsked,
  { journal, isLeftOut }: { readonly journal: readonly ExplainedEntry[]; readonly isLeftOut: boolean },
  { now, wording }: ViewContext,
): Html {
  if (isLeftOut) return leftOut(journal, wording);
  if (percent !== undefined)
    return html`${wording.say("notInSample", { percent: wording.percent(percent / 100) })}`;
  const line = journalLine({ event: "skipped", reason, actorId: null }, wording);
  const why = html`<bdi>${line.why}</bdi>`;
  if (eligibleAt === null) return wording.put("notAsked", { why });
  if (eligibleAt <= now) return wording.put("notAskedAgain", { why });
  return wording.put("notAskedFrom", { why, day: wording.dayNear(now, eligibleAt) });
}

function leftOut(journal: readonly ExplainedEntry[], wording: Wording): Html {
  const { actorId = null, actorName } = journal.findLast(({ event }) => event === "left_out") ?? {};
  if (actorId === null) return html`${wording.say("leftOut")}`;
  return wording.put("leftOutBy", { name: html`<bdi>${actorName ?? actorId}</bdi>` });
}
