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

interface Late {
  readonly firstDueAt: Date;
  readonly now: Date;
}

/**
 * When to ask the host again that could not say what a survey needs: after as long as it is late already, from a second to
 * a minute. The pauses grow without anything to remember.
 */
export function putOffUntil(late: Late): Date {
  return pausedUntil(late, minuteMs);
}

/** When to try again what somebody's outage holds up: as `putOffUntil`, then after a quarter of the lateness, an hour at most. */
export function afterOutageAt(late: Late): Date {
  return pausedUntil(late, 60 * minuteMs);
}

function pausedUntil({ firstDueAt, now }: Late, longestMs: number): Date {
  const lateMs = now.getTime() - firstDueAt.getTime();
  const pauseMs = Math.max(lateMs / 4, Math.min(lateMs, minuteMs), shortestPauseMs);
  return new Date(now.getTime() + Math.min(pauseMs, longestMs));
}

/**
 * When to name a recipient to the mail server again that took nothing and blamed somebody else: after half as long as it
 * is late already, a minute at least. That is 24 times a week, and with five more for attempts that counted still below 30.
 */
export function nameAgainAt({ firstDueAt, now }: Late): Date {
  const lateMs = now.getTime() - firstDueAt.getTime();
  return new Date(now.getTime() + Math.max(lateMs / 2, minuteMs));
}
