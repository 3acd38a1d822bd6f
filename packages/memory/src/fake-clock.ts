import { type Clock, CsatError } from "@csat/core";
import type { Timers } from "./timers.ts";

/** A length of time; what is left out is 0. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock, Timers {
  /**
   * Lets time pass: fires the timers on the way, each at its own time and in their order, and gives what they started
   * a turn before time goes on. What takes longer than a turn (real I/O, hashing) is waited for by `settleWith`.
   * Takes milliseconds or a span, not below 0.
   */
  advance(by: number | Span): Promise<void>;
  /** Puts the hands elsewhere, forwards or back, as an administrator would: no time passes and no timer fires. */
  set(to: Date | string): void;
  /** What `advance` awaits before time moves and after each timer, e.g. `() => scheduler.idle()`. */
  settleWith(settle: () => Promise<void>): void;
}

interface Timer {
  readonly run: () => void;
  readonly firesAtMs: number;
}

/**
 * A fake clock that shows `start`: a Date or an ISO 8601 string, by default 2026-01-05T09:00:00Z, a Monday.
 * @throws CsatError `invalid_config` for no valid time, here and in `set`, and for a span that is negative or no number
 */
export function fakeClock(start: Date | string = "2026-01-05T09:00:00.000Z"): FakeClock {
  // Timers run on time that passes, not on what the hands show: moving the hands fires none.
  let elapsedMs = 0;
  let hands = timeOf(start);
  let settle: (() => Promise<void>) | undefined;
  const timers = new Set<Timer>();

  async function advance(by: number | Span): Promise<void> {
    const byMs = millisecondsOf(by);
    // With nothing to wait for the hands move before this returns, as a plain assignment would.
    if (timers.size > 0) await oneTurn();
    if (settle !== undefined) await settle();
    const untilMs = elapsedMs + byMs;
    for (
      let next = firstOf(timers);
      next !== undefined && next.firesAtMs <= untilMs;
      next = firstOf(timers)
    ) {
      moveTo(Math.max(elapsedMs, next.firesAtMs));
      timers.delete(next);
      next.run();
      await oneTurn();
      if (settle !== undefined) await settle();
    }
    moveTo(Math.max(elapsedMs, untilMs));
  }

  function moveTo(ms: number): void {
    hands = new Date(hands.getTime() + ms - elapsedMs);
    elapsedMs = ms;
  }

  return {
    now: () => new Date(hands),
    advance,
    set: (to) => {
      hands = timeOf(to);
    },
    settleWith: (wait) => {
      settle = wait;
    },
    setTimer: (run, delayMs) => {
      const timer = { run, firesAtMs: elapsedMs + Math.max(0, delayMs) };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
}

/** The next to fire; of those of one time the first that was set, for a Set keeps that order. */
function firstOf(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (first === undefined || timer.firesAtMs < first.firesAtMs) first = timer;
  return first;
}

/** Lets everything go on that waits for promises alone. */
function oneTurn(): Promise<void> {
  return new Promise((resolve) => {
    // A timeout costs a millisecond, and a fake year has many timers; only where there is nothing better.
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

function timeOf(time: Date | string): Date {
  const date = new Date(time);
  if (!Number.isNaN(date.getTime())) return date;
  throw new CsatError(
    "invalid_config",
    `A fake clock needs a valid Date or ISO 8601 string (got "${String(time)}").`,
  );
}

function millisecondsOf(by: number | Span): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 } = typeof by === "number" ? { ms: by } : by;
  const total = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
  if (Number.isFinite(total) && total >= 0) return total;
  throw new CsatError("invalid_config", `A fake clock moves by 0 ms or more (got ${String(total)}).`);
}
