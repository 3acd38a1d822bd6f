import { millisecondsInMinute } from "date-fns/constants";
import type { MailConcern } from "../ports/mailer.ts";

/** What is known of mail that fails: `failures` in a row that were every mail's, and until when nothing is tried. */
export interface MailBreaker {
  readonly failures: number;
  readonly openUntil: Date;
  /** Whose mail failed first for a cause that may be theirs alone, by what the mailer said; "" once it is everybody's. */
  readonly suspects: ReadonlyMap<string, string>;
}

/** A mail that was not taken. */
export interface MailFailure {
  readonly concerns: MailConcern;
  /** What the mailer said: the same text is the same trouble. */
  readonly error: string;
  /** The address. */
  readonly recipient: string;
}

const firstPauseMs = 1_000;
const longestPauseMs = millisecondsInMinute;

/** True while nothing may be tried. */
export function isBreakerOpen({
  breaker,
  now,
}: {
  readonly breaker: MailBreaker | undefined;
  readonly now: Date;
}): boolean {
  return breaker !== undefined && now < breaker.openUntil;
}

// What closed so long ago says nothing about the server of today: its next failure is a first one.
const rememberedMs = 3_600_000;

/** Texts that are told apart. A mailer that never says the same thing twice fills no memory. */
const mostSuspects = 10;

/**
 * Notes that a mail was not taken. True when it counts as an attempt: the trouble is the recipient's, or may be theirs
 * alone. What concerns sender or route opens the breaker; of what nobody knows, the second recipient in a row that fails
 * alike does, and from then on it is nobody's attempt. Breakers that closed an hour ago are forgotten, so that a process does not
 * remember every workspace whose mail server ever failed.
 */
export function noteFailure({
  breakers,
  workspaceId,
  now,
  failure: { concerns, error, recipient },
}: {
  readonly breakers: Map<string, MailBreaker>;
  readonly workspaceId: string;
  readonly now: Date;
  readonly failure: MailFailure;
}): boolean {
  if (concerns === "recipient") return true;
  const before = breakers.get(workspaceId);
  const first = before?.suspects.get(error) ?? recipient;
  const isTheirs = concerns === "unknown" && first === recipient;
  const { failures, openUntil } = isTheirs
    ? (before ?? { failures: 0, openUntil: now })
    : breakerAfterFailure({ breaker: before, now });
  const told = [...(before?.suspects ?? []), [error, isTheirs ? first : ""] as const];
  const suspects = new Map(told.slice(-mostSuspects));
  // Put at the end: the first ones of the map are those that failed longest ago.
  breakers.delete(workspaceId);
  breakers.set(workspaceId, { failures, openUntil, suspects });
  for (const [id, one] of breakers) {
    if (now.getTime() - one.openUntil.getTime() < rememberedMs) break;
    breakers.delete(id);
  }
  return isTheirs;
}

/**
 * The pause after another failure: 1, 2, 4 … seconds, a minute at most. Failures of mails that were under way together
 * count once, since the breaker is open from the first of them.
 */
function breakerAfterFailure({
  breaker,
  now,
}: {
  readonly breaker: Pick<MailBreaker, "failures" | "openUntil"> | undefined;
  readonly now: Date;
}): Pick<MailBreaker, "failures" | "openUntil"> {
  if (breaker !== undefined && now < breaker.openUntil) return breaker;
  const failures = (breaker?.failures ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  return { failures, openUntil: new Date(now.getTime() + pauseMs) };
}
