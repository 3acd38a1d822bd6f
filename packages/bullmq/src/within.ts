/** What became of work that did not end in time. */
export const timedOut = Symbol("timed out");

/** Resolves with what `work` does, or with `timedOut` after `timeoutMs`; what it does later is ignored. */
export function within<Result>({
  timeoutMs,
  work,
}: {
  readonly timeoutMs: number;
  readonly work: Promise<Result>;
}): Promise<Result | typeof timedOut> {
  return new Promise((resolve, reject) => {
    // A process that was busy fires its timers before it reads the answers that have come: they count.
    const timer = setTimeout(() => setImmediate(() => resolve(timedOut)), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
