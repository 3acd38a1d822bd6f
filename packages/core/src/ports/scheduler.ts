/** What a wake-up is about. */
export type Job =
  | {
      readonly kind: "send_survey";
      readonly workspaceId: string;
      readonly surveyId: string;
      readonly generation: number;
      readonly attempt: number;
    }
  | {
      readonly kind: "deliver_event";
      readonly workspaceId: string;
      readonly eventId: string;
      readonly attempt: number;
    };

/** Asks for `job` at `runAt` or later. */
export interface WakeUp {
  readonly job: Job;
  readonly runAt: Date;
}

/**
 * An alarm clock, not a record. A job may come late, twice or never: the storage knows what is due,
 * and the sweep finds what a lost job missed.
 */
export interface Scheduler {
  /**
   * Sets all these wake-ups in one call. The same job again replaces its earlier time. Rejects within the
   * adapter's `timeoutMs` (250 by default) when its engine is out of reach, and at once while its breaker is open.
   */
  schedule(wakeUps: readonly WakeUp[]): Promise<void>;
  /** Best effort: a job may be running already. */
  cancel(jobs: readonly Job[]): Promise<void>;
  /**
   * Starts delivering jobs, up to `concurrency` at once; a job may schedule others. Calls `sweep` every
   * `sweepEveryMs`, also while the engine is down or was emptied.
   */
  start(
    work: { readonly run: JobHandler; readonly sweep: (signal: AbortSignal) => Promise<void> },
    options: { readonly sweepEveryMs: number; readonly concurrency: number },
  ): Promise<RunningScheduler>;
}

/** Does one job. `signal` aborts when a stop lost its patience. */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

/** A scheduler at work. */
export interface RunningScheduler {
  /** Takes no new job, waits for running ones up to `timeoutMs`, then aborts their signal. */
  stop(options?: { readonly timeoutMs?: number }): Promise<void>;
}
