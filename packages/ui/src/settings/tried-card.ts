import type { ByReason, PolicySimulation, SimulatedFigures } from "@csat/core";
import { dayBars } from "../charts/day-bars.ts";
import { type Html, html, nothing } from "../html.ts";
import { journalLine } from "../texts/journal-line.ts";
import type { PlainKey } from "../texts/view-texts.ts";
import type { Wording } from "../texts/wording.ts";

/** What settings would have made of the tickets of past days: in one sentence, by reason, and day by day. */
export function triedCard(simulation: PolicySimulation, wording: Wording): Html {
  const { from, to, resolved, sent, customersAsked, customersAskedAgain } = simulation;
  const days = wording.days(from, to);
  const tickets = wording.counted("triedTickets", resolved, { sent: wording.count(sent) });
  const again = { again: wording.count(customersAskedAgain) };
  const people = customersAsked === 0 ? "" : wording.counted("triedCustomers", customersAsked, again);
  const shown =
    resolved === 0
      ? html`<p class="quiet">${wording.say("nothingToTry")}</p>`
      : byDay(simulation, days, wording);
  return html`<section class="card tried" aria-label="${wording.say("dryRun")}"><h2>${wording.say("triedOn", { days })}</h2>
<p role="status">${tickets} ${people} ${wording.say("nothingSaved")}</p>
${reasonTable(simulation, wording)}
${shown}</section>`;
}

function reasonTable(simulation: PolicySimulation, wording: Wording): Html {
  const { skipped, deferred, canceled, failed, unknown, waiting } = simulation;
  const lines = [
    ...linesOf(skipped, "notAsked", wording),
    ...linesOf(canceled, "wouldCancel", wording),
    ...linesOf(deferred, "wouldDefer", wording),
    ...linesOf(failed, "wouldFail", wording),
    { count: waiting, words: html`${wording.say("wouldWait")}` },
    { count: unknown, words: html`${wording.say("cannotTell")}` },
  ].filter(({ count }) => count > 0);
  if (lines.length === 0) return nothing;
  const rows = lines.map(
    ({ count, words }) =>
      html`<tr><td class="number">${wording.count(count)}</td><th scope="row">${words}</th></tr>
`,
  );
  return html`<table class="reasons"><thead><tr><th scope="col" class="number">${wording.say("tickets")}</th><th scope="col">${wording.say("whatBecame")}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

interface Line {
  readonly count: number;
  readonly words: Html;
}

function linesOf(counts: ByReason, what: PlainKey, wording: Wording): readonly Line[] {
  return Object.entries(counts)
    .map(([reason, count]) => {
      const { why } = journalLine({ event: "skipped", reason, actorId: null }, wording);
      return { count, words: wording.put(what, { why: html`<bdi>${why}</bdi>` }) };
    })
    .toSorted((one, other) => other.count - one.count);
}

function byDay({ daily, sent }: PolicySimulation, days: string, wording: Wording): Html {
  const title = wording.say("askedPerDay");
  const chart = dayBars({
    daily: daily.map((figures) => ({ day: figures.day, count: figures.sent })),
    title,
    description: wording.counted("askedPerDaySaid", sent, { days }),
    count: wording.count,
    day: wording.day,
  });
  const rows = daily.map(
    (figures) =>
      html`<tr><th scope="row">${wording.day(figures.day)}</th><td class="number">${wording.count(figures.resolved)}</td><td class="number">${wording.count(figures.sent)}</td><td class="number">${wording.count(notAsked(figures))}</td></tr>
`,
  );
  const columns = (["resolvedColumn", "askedColumn", "notAskedColumn"] as const).map(
    (key) => html`<th scope="col" class="number">${wording.say(key)}</th>`,
  );
  return html`<h3>${title}</h3>${chart}
<details class="all-days"><summary>${wording.say("allDaysTable")}</summary>
<div class="scroll" role="region" aria-label="${wording.say("allDays")}" tabindex="0"><table>
<thead><tr><th scope="col">${wording.say("day")}</th>${columns}</tr></thead>
<tbody>${rows}</tbody></table></div></details>`;
}

function notAsked({ skipped }: SimulatedFigures): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}
