/**
 * Settles as `work` does, or at once with what `onAbort` answers when `signal` aborts first. Whatever becomes of the
 * work afterwards is ignored, and no listener stays on the signal.
 */
export function untilAborted<Result>({
  signal,
  work,
  onAbort,
}: {
  readonly signal: AbortSignal;
  readonly work: () => Promise<Result>;
  readonly onAbort: () => Result;
}): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve(onAbort());
    const abort = () => resolve(onAbort());
    const settle = (settled: () => void) => {
      signal.removeEventListener("abort", abort);
      settled();
    };
    signal.addEventListener("abort", abort, { once: true });
    work().then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
