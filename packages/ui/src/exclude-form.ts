import { exclusionReasons } from "@csat/core";
import { type Html, html } from "./html.ts";
import { journalLine } from "./texts/journal-line.ts";
import type { ViewContext } from "./view-context.ts";

/** Stand in the address of a list after something was done to one of its answers: the ticket's id. */
export const exclusionParameters: ReadonlySet<string> = new Set(["excluded", "restored"]);

/**
 * Takes an answer out of the figures: a button that opens the reasons, and one that does it. Works without script; `back`
 * is where it leads.
 */
export function excludeForm(ticketId: string, back: string, context: ViewContext): Html {
  const { wording } = context;
  const reasons = exclusionReasons.map(
    (reason) => html`<option value="${reason}">${whyExcluded(reason, context)}</option>`,
  );
  return html`<details class="exclude"><summary class="small">${wording.say("exclude")}<span class="unseen">${wording.say("comma")}${wording.say("ticket", { id: ticketId })}</span></summary><form class="asking" method="post" action="${routeOf(ticketId, "exclude", context)}"><input type="hidden" name="return" value="${back}"><label class="small">${wording.say("whyColumn")} <select name="reason">${reasons}</select></label><button type="submit" class="small">${wording.say("exclude")}</button><p class="quiet small">${wording.say("excludeNote")}</p></form></details>`;
}

/** Takes that back, in a form of one button. */
export function restoreForm(ticketId: string, back: string, context: ViewContext): Html {
  const { wording } = context;
  return html`<form class="asking" method="post" action="${routeOf(ticketId, "restore", context)}"><input type="hidden" name="return" value="${back}"><button type="submit" class="small">${wording.say("restore")}</button></form>`;
}

/** A reason in the viewer's language. */
export function whyExcluded(reason: string, { wording }: ViewContext): string {
  return journalLine({ event: "excluded", reason, actorId: null }, wording).why ?? reason;
}

/** Says above a list what was just done to one of its answers, and offers to take it back. */
export function exclusionNotice(mayExclude: boolean, context: ViewContext): Html | null {
  const { url, wording } = context;
  const excluded = url.searchParams.get("excluded");
  if (excluded !== null)
    return html`<div class="notice" role="status"><p>${wording.say("excludedNow")} ${wording.put("ticket", { id: html`<bdi>${excluded}</bdi>` })}</p>${mayExclude ? restoreForm(excluded, backWith("restored", excluded, url), context) : ""}</div>`;
  if (!url.searchParams.has("restored")) return null;
  return html`<p class="notice" role="status">${wording.say("restoredNow")}</p>`;
}

function routeOf(ticketId: string, name: "exclude" | "restore", { apiPath }: ViewContext): string {
  return `${apiPath}/tickets/${encodeURIComponent(ticketId)}/${name}`;
}

/** The address of a list, with what was done to an answer of it. */
export function backWith(
  done: "excluded" | "restored",
  ticketId: string,
  { pathname, searchParams }: URL,
): string {
  const others = [...searchParams].filter(([name]) => !exclusionParameters.has(name));
  return `${pathname}?${new URLSearchParams([...others, [done, ticketId]])}`;
}
