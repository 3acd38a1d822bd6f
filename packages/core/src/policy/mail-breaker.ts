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
