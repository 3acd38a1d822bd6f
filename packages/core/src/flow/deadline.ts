/** Thrown into work that took longer than its lease allows. */
export const deadlinePassed: unique symbol = Symbol("csat.deadline");

/**
 * Runs `work` with a signal that aborts after `forMs` or with `signal`, and stops waiting for it then: the result is
 * `deadlinePassed`, whatever the work makes of the signal. This is what keeps a hanging mail server or host from
 * holding a worker beyond its lease.
 */
export async function withDeadline<Result>({
  forMs,
  signal,
  work,
}: {
  readonly forMs: number;
  readonly signal: AbortSignal | undefined;
  readonly work: (signal: AbortSignal) => Promise<Result>;
}): Promise<Result | typeof deadlinePassed> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, forMs);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    const passed = new Promise<typeof deadlinePassed>((resolve) => {
      if (controller.signal.aborted) resolve(deadlinePassed);
      controller.signal.addEventListener("abort", () => resolve(deadlinePassed), { once: true });
    });
    const done = work(controller.signal);
    // When the deadline wins, a late rejection has nobody left to tell.
    done.catch(() => {});
    return await Promise.race([done, passed]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** How long one step may take under a lease of `leaseForMs`: it ends well before the lease does. */
export function stepDeadlineMs(leaseForMs: number): number {
  return Math.floor(leaseForMs * 0.75);
}
