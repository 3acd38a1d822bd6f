/** A signal that aborts with `outer`, or when the time is over. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** True once the time was over before the end. */
  isOver(): boolean;
  /** Resolves as `work` does, or rejects as soon as the signal aborts: for what cannot be aborted itself. */
  race<Result>(work: Promise<Result>): Promise<Result>;
  /** Ends the timer and lets `outer` go. */
  release(): void;
}

/** Begins now. */
export function timeLimit({
  outer,
  timeoutMs,
}: {
  readonly outer: AbortSignal;
  readonly timeoutMs: number;
}): TimeLimit {
  const ending = new AbortController();
  let isOver = false;
  const end = () => ending.abort();
  const timer = setTimeout(() => {
    isOver = true;
    end();
  }, timeoutMs);
  if (outer.aborted) end();
  else outer.addEventListener("abort", end, { once: true });
  return {
    signal: ending.signal,
    isOver: () => isOver,
    race: (work) =>
      new Promise((resolve, reject) => {
        const abort = () => reject(ending.signal.reason);
        if (ending.signal.aborted) abort();
        else ending.signal.addEventListener("abort", abort, { once: true });
        work.then(resolve, reject);
      }),
    release: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", end);
    },
  };
}
