/** What `withDeadline` answers for work that took longer than its lease allows. */
export const deadlinePassed: unique symbol = Symbol("csat.deadline");

/** Work under a lease. */
export interface LeasedWork<Result> {
  readonly leaseForMs: number;
  /** Aborts the work early. */
  readonly signal?: AbortSignal | undefined;
  readonly work: (signal: AbortSignal) => Promise<Result>;
}

// Of a lease: when its work is told to end, and how long it then has to say how far it came. What is left is for
// writing down the result.
const abortAfter = 0.75;
const answerWithin = 0.15;

/**
 * Runs `work` with a signal that aborts at three quarters of its lease, or with `signal`. What the work answers counts,
 * also shortly after the abort (a mailer knows whether its server had taken anything); when it says nothing, the
 * result is `deadlinePassed`. So a hanging mail server or host never holds a worker beyond its lease.
 */
export async function withDeadline<Result>({
  leaseForMs,
  signal,
  work,
}: LeasedWork<Result>): Promise<Result | typeof deadlinePassed> {
  const deadline = new AbortController();
  const timers = [setTimeout(() => deadline.abort(), leaseForMs * abortAfter)];
  // Not addEventListener: a batch of sends shares one signal, and Node warns of more than ten listeners.
  const combined = signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]);
  try {
    const passed = new Promise<typeof deadlinePassed>((resolve) => {
      const giveUp = () => {
        timers.push(setTimeout(() => resolve(deadlinePassed), leaseForMs * answerWithin));
      };
      if (combined.aborted) giveUp();
      combined.addEventListener("abort", giveUp, { once: true });
    });
    const done = work(combined);
    // When the deadline wins, a late rejection has nobody left to tell.
    done.catch(() => {});
    return await Promise.race([done, passed]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
