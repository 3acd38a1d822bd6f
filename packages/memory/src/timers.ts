import type { Clock } from "@csat/core";

/** Calls back after a while. A clock that moves by itself needs none; a fake one brings its own. */
export interface Timers {
  /** Calls `run` once, `delayMs` milliseconds from now; any number, Infinity for never. Returns what calls it off. */
  setTimer(run: () => void, delayMs: number): () => void;
}

// Beyond this `setTimeout` fires at once.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The system's timers, for any delay. One that is pending keeps the process alive. */
export const systemTimers: Timers = {
  setTimer(run, delayMs) {
    let timeout: ReturnType<typeof setTimeout>;
    function wait(leftMs: number): void {
      const stepMs = Math.min(leftMs, LONGEST_TIMEOUT_MS);
      timeout = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : run()), stepMs);
    }
    wait(Math.max(0, delayMs));
    return () => clearTimeout(timeout);
  },
};

/** The timers that come with `clock`, or the system's. */
export function timersOf(clock: Clock | (Clock & Timers)): Timers {
  return "setTimer" in clock ? clock : systemTimers;
}
