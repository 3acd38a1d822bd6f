import type { ExplainedEntry, Rating, ShownExclusion, TicketPanel } from "@csat/core";
import { whyExcluded } from "../exclude-form.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import { timeOf } from "../time-of.ts";
import type { ViewContext } from "../view-context.ts";
import { notAskedWords } from "./not-asked.ts";

const places: readonly Rating[] = [1, 2, 3, 4, 5];

/** What an operator is told about a survey at a glance; nothing when nobody decided about one. */
export function panelState(
  { panel, journal }: { readonly panel: TicketPanel; readonly journal: readonly ExplainedEntry[] },
  context: ViewContext,
): Html {
  const { wording } = context;
  const { state } = panel;
  switch (state) {
    case "none": {
      const { notAsked, leftOut: isLeftOut = false } = panel;
      if (notAsked === undefined) return nothing;
      return html`<p>${notAskedWords(notAsked, { journal, isLeftOut }, context)}</p>`;
    }
    case "scheduled":
      return stateOf(
        html`${wording.say("goesOut", { when: waitFor(panel.dueAt, journal, context) })}`,
        panel.dueAt,
        wording,
      );
    case "awaiting":
      if (panel.linksEndedAt !== undefined)
        return stateOf(html`${wording.say("linksEnded")}`, panel.linksEndedAt, wording);
      return stateOf(awaiting(panel, wording), panel.sentAt, wording);
    case "failed":
      return stateOf(
        html`<span class="wrong">${wording.say(panel.reason === "bounced" ? "couldNotBeDelivered" : "couldNotBeSent")}</span>`,
        panel.since,
        wording,
      );
    case "answered":
      return html`${answer(panel, wording)}${notCounted(panel, context)}`;
    default:
      return unknownState(state);
  }
}

/** What was put off has a day and an hour of its own; what only waits for its delay is told by the length of that. */
function waitFor(dueAt: Date, journal: readonly ExplainedEntry[], { now, wording }: ViewContext): string {
  const isPutOff = journal.at(-1)?.event === "deferred" && dueAt.getTime() - now.getTime() >= hour;
  return isPutOff ? wording.moment(now, dueAt) : wording.wait(now, dueAt);
}

const hour = 3_600_000;

function stateOf(sentence: Html, time: Date, wording: Wording): Html {
  return html`<p>${sentence}</p>
<p class="quiet small">${timeOf(time, wording)}</p>`;
}

function answer(panel: Extract<TicketPanel, { readonly state: "answered" }>, wording: Wording): Html {
  const { rating, comment, respondedAt } = panel.response;
  const dots = places.map(
    (place) =>
      html`<circle cx="${place * 16 - 8}" cy="8" r="5.5"${place <= rating ? html` class="fill-${rating}"` : nothing}/>`,
  );
  return html`<p class="rated"><strong>CSAT ${wording.count(rating)}/${wording.count(5)}</strong> <svg class="places" width="80" height="16" viewBox="0 0 80 16" aria-hidden="true">${dots}</svg></p>
${comment === null ? nothing : html`<blockquote class="comment" dir="auto">${comment}</blockquote>`}
<p class="quiet small">${timeOf(respondedAt, wording)}${by(panel, wording)}</p>`;
}

/** Why the answer does not count, by whom and since when; nothing while it does. */
function notCounted({ excluded }: { readonly excluded?: ShownExclusion }, context: ViewContext): Html {
  if (excluded === undefined) return nothing;
  const { wording, now } = context;
  const { reason, actorId, actorName, at } = excluded;
  const why = wording.put("notCounted", { why: whyExcluded(reason, context) });
  const comma = wording.say("comma");
  const name = actorName ?? actorId;
  const who =
    name === null ? nothing : html`${comma}${wording.put("by", { name: html`<bdi>${name}</bdi>` })}`;
  const when = html`<time datetime="${at.toISOString()}" title="${wording.time(at)}">${wording.dayNear(now, at)}</time>`;
  return html`
<p><span class="flag">${why}</span>${who}${comma}${when}</p>`;
}

/** Where it came or went; nothing for mail. */
function by({ channel }: { readonly channel?: string }, wording: Wording): Html {
  return channel === undefined ? nothing : html` ${wording.put("by", { name: named(channel) })}`;
}

function awaiting({ channel }: { readonly channel?: string }, wording: Wording): Html {
  if (channel === undefined) return html`${wording.say("awaiting")}`;
  return wording.put("awaitingBy", { channel: named(channel) });
}

function named(channel: string): Html {
  return html`<bdi>${channel.replaceAll("_", " ")}</bdi>`;
}

/** A state of a newer core: nothing that this release could say about it. */
function unknownState(_state: never): Html {
  return nothing;
}
