import { type JournalEntry, journalWords } from "@csat/core";
import { fill, type Wording } from "./wording.ts";

/** A line of the journal in the viewer's language; in core's English words where that has none. */
export interface JournalLine {
  readonly what: string;
  readonly why: string | null;
}

/** What happened, and why, in the viewer's language. */
export function journalLine(
  { event, reason, actorId }: Pick<JournalEntry, "event" | "reason" | "actorId">,
  { journal }: Wording,
): JournalLine {
  const { resolvedAutomatically, events = {}, leavings = {}, reasons = {}, ruleSays, byChannel } = journal;
  const words = journalWords({ event, reason, actorId });
  if (event === "resolved" && actorId === null)
    return { what: resolvedAutomatically ?? words.what, why: null };
  const leaving = reason === null ? undefined : of(leavings, reason);
  if (event === "left" && leaving !== undefined) return { what: leaving, why: null };
  return { what: of(events, event) ?? words.what, why: whyOf() };

  function whyOf(): string | null {
    if (reason === null || words.why === null) return words.why;
    const known = of(reasons, reason);
    if (known !== undefined) return known;
    if (ruleSays !== undefined && reason.startsWith("rule:"))
      return fill(ruleSays, { rule: reason.slice("rule:".length) });
    const isChannel = (event === "sent" || event === "answered") && words.why.startsWith("by ");
    return isChannel && byChannel !== undefined
      ? fill(byChannel, { channel: reason.replaceAll("_", " ") })
      : words.why;
  }
}

function of(texts: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}
