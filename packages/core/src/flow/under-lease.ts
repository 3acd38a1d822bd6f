import { withDeadline } from "../deadline.ts";

/** Work under a lease. */
export interface LeasedWork<Result> {
  readonly leaseForMs: number;
  /** Aborts the work early. */
  readonly signal?: AbortSignal | undefined;
  readonly work: (signal: AbortSignal) => Promise<Result>;
  /** What becomes of work that says nothing in time. */
  readonly otherwise: () => Result;
}

// Of a lease: when its work is told to end, and how long it then has to say how far it came. What is left is for
// writing down the result.
const abortAfter = 0.75;
const answerWithin = 0.15;

/**
 * Runs `work` with a signal that aborts at three quarters of its lease, or with `signal`. What the work answers counts,
 * also shortly after the abort: a mailer knows whether its server had taken anything. So a hanging mail server or host
 * never holds a worker beyond its lease.
 */
export function underLease<Result>({
  leaseForMs,
  signal,
  work,
  otherwise,
}: LeasedWork<Result>): Promise<Result> {
  return withDeadline({
    timeoutMs: leaseForMs * abortAfter,
    graceMs: leaseForMs * answerWithin,
    signal,
    work,
    otherwise,
  });
}
