/** What became of work that did not end in time. */
export const timedOut = Symbol("timed out");

/**
 * Resolves with what `work` does, or with `timedOut` when `timeoutMs` have passed since it began and since `lastSignAt`
 * (as `performance.now` counts); what it does later is ignored.
 */
export function within<Result>({
  timeoutMs,
  work,
  lastSignAt = () => 0,
}: {
  readonly timeoutMs: number;
  readonly work: Promise<Result>;
  readonly lastSignAt?: () => number;
}): Promise<Result | typeof timedOut> {
  return new Promise((resolve, reject) => {
    const beganAt = performance.now();
    let timer = setTimeout(look, timeoutMs);
    let isSettled = false;

    function look(): void {
      // A process that was busy fires its timers before it reads the answers that have come: they count.
      setImmediate(() => {
        if (isSettled) return;
        const leftMs = Math.max(beganAt, lastSignAt()) + timeoutMs - performance.now();
        if (leftMs <= 0) resolve(timedOut);
        else timer = setTimeout(look, leftMs);
      });
    }

    work.then(resolve, reject).finally(() => {
      isSettled = true;
      clearTimeout(timer);
    });
  });
}
