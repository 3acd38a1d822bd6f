/** How work ended that did not end by itself: its time was over, or the caller's signal aborted. */
export type EndedBy = "late" | "aborted";

/** Work that must not be waited for without end. */
export interface TimedWork<Result> {
  /** Its time in milliseconds, Infinity included. Left out, `signal` alone ends it. */
  readonly timeoutMs?: number;
  /** Ends the work early. May live as long as the process: no listener stays on it. */
  readonly signal?: AbortSignal | undefined;
  /** How long, in milliseconds, what the work says after it was told to end still counts. None by default. */
  readonly graceMs?: number;
  /** Asked when the time is over: how many milliseconds there are to wait still; 0 or less ends the work. */
  readonly moreMs?: () => number;
  /** Its signal, where it takes one by name, aborts when the time is over or `signal` aborts. */
  readonly work: (signal: AbortSignal) => Promise<Result>;
  /** What becomes of it then; what this throws, the caller gets. Called once at most, and not after the work's own end. */
  readonly otherwise: (by: EndedBy) => Result;
}

// Beyond this a timer fires at once.
const longestTimerMs = 2 ** 31 - 1;

/**
 * Settles as `work` does, or, when that does not end in time, with what `otherwise` says; what the work does later is
 * ignored. It does not begin when `signal` has aborted before, unless there is a `graceMs` in which it can answer.
 */
export function withDeadline<Result>(timed: TimedWork<Result>): Promise<Result> {
  const { timeoutMs, signal, graceMs = 0, moreMs, work, otherwise } = timed;
  return new Promise((resolve, reject) => {
    // A signal costs Node as much as a small query's parsing: work that takes none gets none.
    const ending = work.length === 0 ? null : new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isSettled = false;
    let isEnding = false;
    let stopListening = (): void => {};

    function settle(how: () => void): void {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      stopListening();
      how();
    }

    function settleOtherwise(by: EndedBy): void {
      settle(() => {
        try {
          resolve(otherwise(by));
        } catch (error) {
          reject(error);
        }
      });
    }

    function end(by: EndedBy): void {
      if (isSettled || isEnding) return;
      isEnding = true;
      clearTimeout(timer);
      if (graceMs > 0) timer = setTimeout(() => settleOtherwise(by), Math.min(graceMs, longestTimerMs));
      else settleOtherwise(by);
      ending?.abort();
    }

    function abort(): void {
      end("aborted");
    }

    function waitFor(ms: number): void {
      timer = setTimeout(timeIsOver, Math.min(ms, longestTimerMs));
    }

    function timeIsOver(): void {
      if (moreMs === undefined) {
        end("late");
        return;
      }
      // A process that was busy fires its timers before it reads the answers that have come: they count.
      afterInput(() => {
        if (isSettled || isEnding) return;
        const leftMs = moreMs();
        if (leftMs > 0) waitFor(leftMs);
        else end("late");
      });
    }

    if (signal?.aborted === true) abort();
    else if (signal !== undefined) stopListening = onAbort(signal, abort);
    if (isSettled) return;
    if (timeoutMs !== undefined && !isEnding) waitFor(timeoutMs);
    begin(work, ending?.signal).then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** Resolves after that many milliseconds. */
export function pause(ms: number): Promise<void> {
  return withDeadline<void>({ timeoutMs: ms, work: () => new Promise(() => {}), otherwise: () => {} });
}

interface Listening {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

// One listener on each signal, however much work it ends: Node warns of more than ten. None stands on a signal whose
// work is over; `AbortSignal.any` would leave its own on one that lives on, 3 kB for each call.
const listenings = new WeakMap<AbortSignal, Listening>();

/** Calls back when `signal` aborts. The answer takes the callback off again: whoever is done must. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, listener } = listenings.get(signal) ?? beginListening(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    listenings.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

function beginListening(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of callbacks) callback();
  };
  signal.addEventListener("abort", listener, { once: true });
  const listening = { callbacks, listener };
  listenings.set(signal, listening);
  return listening;
}

// What throws at once is a rejection too.
async function begin<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  // It gets none where it names none.
  return await work(signal as AbortSignal);
}

/** Calls back when the input that waits has been read: of Node's ways the only sure one, elsewhere the next turn. */
function afterInput(callback: () => void): void {
  if (typeof setImmediate === "function") setImmediate(callback);
  else setTimeout(callback, 0);
}
