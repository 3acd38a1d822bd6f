import * as z from "zod/mini";
import { invalidAnswer, readAnswer, saidOf } from "./answers.ts";
import type { Logger } from "./logger.ts";

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
      /** Several surveys that are due in one moment. Never cancelled: one whose surveys were finds nothing to do. */
      readonly kind: "send_surveys";
      readonly workspaceId: string;
      readonly batchId: string;
      readonly attempt: number;
    }
  | {
      readonly kind: "deliver_event";
      readonly workspaceId: string;
      readonly eventId: string;
      readonly attempt: number;
    };

/** A job in words, for messages of a scheduler: `survey "s1"`. */
export function describeJob(job: Job): string {
  switch (job.kind) {
    case "send_survey":
      return `survey "${job.surveyId}"`;
    case "send_surveys":
      return `surveys of workspace "${job.workspaceId}"`;
    case "deliver_event":
      return `event "${job.eventId}"`;
  }
}

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

/**
 * The same scheduler, which hands over jobs of this release alone: others are passed over and logged, and the sweep finds
 * their work. @throws CsatError `invalid_answer` when `start` answers nothing that can be stopped
 */
export function checkedScheduler(scheduler: Scheduler, logger: Logger): Scheduler {
  return {
    schedule: async (wakeUps) => scheduler.schedule(wakeUps),
    cancel: async (jobs) => scheduler.cancel(jobs),
    async start({ run, sweep }, options) {
      const work = {
        run: async (job: unknown, signal: unknown) => {
          const read = readAnswer(jobSchema, job);
          if (read.isUsable) return run(read.value, usableSignal(signal));
          logger.warn(
            { wrong: saidOf(read.issues) },
            "a job that this release does not know was passed over",
          );
        },
        sweep: async (signal: unknown) => sweep(usableSignal(signal)),
      };
      const running: unknown = await scheduler.start(work, options);
      if (typeof Object(running).stop !== "function")
        throw invalidAnswer("scheduler.start", [{ path: "stop", message: "must be a function" }]);
      // It was just found to have what a running scheduler has.
      return running as RunningScheduler;
    },
  };
}

const id = z.string("must be text");
const count = z.int("must be a whole number");
const jobSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({
      kind: z.literal("send_survey"),
      workspaceId: id,
      surveyId: id,
      generation: count,
      attempt: count,
    }),
    z.object({ kind: z.literal("send_surveys"), workspaceId: id, batchId: id, attempt: count }),
    z.object({ kind: z.literal("deliver_event"), workspaceId: id, eventId: id, attempt: count }),
  ],
  "must be send_survey, send_surveys or deliver_event",
);

// A scheduler that gives no signal stops without an abort: the work ends by itself.
function usableSignal(signal: unknown): AbortSignal {
  const { aborted, addEventListener } = Object(signal);
  const isSignal = typeof aborted === "boolean" && typeof addEventListener === "function";
  // It was just found to have what the core uses of one.
  return isSignal ? (signal as AbortSignal) : new AbortController().signal;
}
