import { CsatError, withDeadline } from "@csat/core";

/** Keeps callers from waiting for an engine that does not answer. */
export interface Breaker {
  /**
   * Does `work`, and rejects when it fails, or when neither it ends nor the engine answers anybody for `timeoutMs`; at
   * once while the breaker is open.
   * @throws CsatError `scheduler_unavailable`
   */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The engine answered something: it is busy, and not away. */
  noteAnswer(): void;
  /** Probes now instead of after the pause; nothing when the breaker is closed. */
  probeNow(): void;
  /** Probes no more. */
  end(): void;
}

/** Why a probe was in vain. */
export type ProbeFailure =
  | { readonly kind: "silence" }
  | { readonly kind: "refusal"; readonly error: unknown };

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * A breaker that is closed at first. A call that fails opens it; then it probes by itself, after a pause that doubles
 * from 250 ms to 5 s, and closes when a probe succeeds.
 */
export function breaker(parts: {
  readonly timeoutMs: number;
  /** Rejects, or does not end, while the engine is out of reach. */
  readonly probe: () => Promise<unknown>;
  readonly onOpen: (error: unknown) => void;
  readonly onClose: () => void;
  /** After a probe that failed, or got no answer in time. Not after one of `probeNow` that failed: that may follow each renewal. */
  readonly onFailure: (failure: ProbeFailure) => void;
}): Breaker {
  const { timeoutMs, probe, onOpen, onClose, onFailure } = parts;
  let isOpen = false;
  let isProbing = false;
  let pauseMs = firstPauseMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let answeredAt = 0;

  function open(error: unknown): void {
    if (isOpen) return;
    isOpen = true;
    pauseMs = firstPauseMs;
    onOpen(error);
    probeLater();
  }

  function probeLater(): void {
    timer = setTimeout(() => void probeOnce({ isEarly: false }), pauseMs);
    // An outage alone keeps no process alive.
    timer.unref();
  }

  async function probeOnce({ isEarly }: { readonly isEarly: boolean }): Promise<void> {
    if (!isOpen || isProbing) return;
    isProbing = true;
    clearTimeout(timer);
    const failure = await withDeadline<ProbeFailure | null>({
      timeoutMs,
      work: () =>
        probe().then(
          () => null,
          (error: unknown) => ({ kind: "refusal", error }),
        ),
      otherwise: () => ({ kind: "silence" }),
    });
    isProbing = false;
    if (!isOpen) return;
    if (failure === null) {
      isOpen = false;
      onClose();
      return;
    }
    if (failure.kind === "silence" || !isEarly) onFailure(failure);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    probeLater();
  }

  return {
    async run(work) {
      if (isOpen) throw unavailable("is out of reach", undefined);
      const beganAt = performance.now();
      const silence = unavailable(`did not answer within ${timeoutMs} ms`, undefined);
      try {
        return await withDeadline({
          timeoutMs,
          moreMs: () => Math.max(beganAt, answeredAt) + timeoutMs - performance.now(),
          work,
          otherwise: () => {
            throw silence;
          },
        });
      } catch (cause) {
        open(cause);
        throw cause === silence ? silence : unavailable("could not be reached", cause);
      }
    },
    noteAnswer() {
      answeredAt = performance.now();
    },
    probeNow: () => void probeOnce({ isEarly: true }),
    end() {
      isOpen = false;
      clearTimeout(timer);
    },
  };
}

function unavailable(what: string, cause: unknown): CsatError {
  const message = `Redis ${what}, so the wake-ups were not set or canceled. The sweep does the work of lost ones; start Redis to have it done in time.`;
  return new CsatError("scheduler_unavailable", message, cause === undefined ? {} : { cause });
}
