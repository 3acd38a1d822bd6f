import { millisecondsInMinute as minuteMs } from "date-fns/constants";

// Waits between attempts: 1 minute, 5 minutes, 30 minutes, 2 hours, 6 hours. For mails and webhooks.
const retryDelaysMs: readonly number[] = [
  minuteMs,
  5 * minuteMs,
  30 * minuteMs,
  120 * minuteMs,
  360 * minuteMs,
];

/** The first attempt and five retries. */
export const maxAttempts = retryDelaysMs.length + 1;

/** When to try again after `attempts` failed ones; null when none is left. */
export function nextAttemptAt({
  attempts,
  now,
}: {
  readonly attempts: number;
  readonly now: Date;
}): Date | null {
  const delayMs = retryDelaysMs[attempts - 1];
  return delayMs === undefined ? null : new Date(now.getTime() + delayMs);
}

const spreadOver = 0.2;
const longestSpreadMs = 5 * minuteMs;

/**
 * `retryAt` or a little later: up to a fifth of the pause from `now` on, and up to five minutes, by the last characters
 * of `id` (`newId` makes them at random). So what failed together in an outage does not come back in one moment.
 */
export function spread({
  retryAt,
  now,
  id,
}: {
  readonly retryAt: Date;
  readonly now: Date;
  readonly id: string;
}): Date {
  const pauseMs = retryAt.getTime() - now.getTime();
  // A prime, so that every character counts.
  const share = (Number.parseInt(id.slice(-4), 36) % 997) / 997;
  return new Date(retryAt.getTime() + Math.floor(share * Math.min(pauseMs * spreadOver, longestSpreadMs)));
}

const shortestPauseMs = 1_000;
const longestPauseMs = minuteMs;

/**
 * When to try again what was put off without an attempt (the mail server or the host is out of reach): after as
 * long as it is late already, between a second and a minute. The pauses double without anything to remember.
 */
export function putOffUntil({ firstDueAt, now }: { readonly firstDueAt: Date; readonly now: Date }): Date {
  const lateMs = now.getTime() - firstDueAt.getTime();
  return new Date(now.getTime() + Math.min(Math.max(lateMs, shortestPauseMs), longestPauseMs));
}
