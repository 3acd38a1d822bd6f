import { millisecondsInMinute } from "date-fns/constants";

/** What is known of a mail server that failed for every mail: `failures` in a row, and until when nothing is tried. */
export interface MailBreaker {
  readonly failures: number;
  readonly openUntil: Date;
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

/**
 * Notes a failure for every mail of a workspace, and answers its breaker. Breakers that closed an hour ago are forgotten,
 * so that a process does not remember every workspace whose mail server ever failed.
 */
export function noteFailure({
  breakers,
  workspaceId,
  now,
}: {
  readonly breakers: Map<string, MailBreaker>;
  readonly workspaceId: string;
  readonly now: Date;
}): MailBreaker {
  const breaker = breakerAfterFailure({ breaker: breakers.get(workspaceId), now });
  // Put at the end: the first ones of the map are those that failed longest ago.
  breakers.delete(workspaceId);
  breakers.set(workspaceId, breaker);
  for (const [id, { openUntil }] of breakers) {
    if (now.getTime() - openUntil.getTime() < rememberedMs) break;
    breakers.delete(id);
  }
  return breaker;
}

/**
 * The breaker after another failure: open for 1, 2, 4 … seconds, a minute at most. Failures of mails that were under
 * way together count once, since the breaker is open from the first of them.
 */
export function breakerAfterFailure({
  breaker,
  now,
}: {
  readonly breaker: MailBreaker | undefined;
  readonly now: Date;
}): MailBreaker {
  if (breaker !== undefined && isBreakerOpen({ breaker, now })) return breaker;
  const failures = (breaker?.failures ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  return { failures, openUntil: new Date(now.getTime() + pauseMs) };
}
