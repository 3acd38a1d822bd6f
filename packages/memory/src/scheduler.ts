import {
  type Clock,
  CsatError,
  describeJob,
  type Logger,
  type Scheduler,
  safeLogger,
  systemClock,
  type WakeUp,
} from "@csat/core";
import {
  requireClock,
  requireLogger,
  requireMilliseconds,
  requireOptions,
  requireWholeNumber,
} from "./check-options.ts";
import { type InProcessWorker, inProcessWorker } from "./in-process-worker.ts";
import { type Timers, timersOf } from "./timers.ts";
import { waitingJobs } from "./waiting-jobs.ts";

const DEFAULT_STOP_TIMEOUT_MS = 10_000;

/** Settings of `inProcessScheduler`. */
export interface InProcessSchedulerOptions {
  /** What jobs are due by. The system's by default. One with timers of its own (`fakeClock`) also wakes the worker. */
  readonly clock?: Clock | (Clock & Timers);
  /** Told of jobs and sweeps that fail, by ids and kinds of error. The console hears warnings and errors by default. */
  readonly logger?: Logger;
  /** How many jobs may wait, some 500 bytes each. The latest ones beyond are dropped, and the sweep finds their work. Default 100,000. */
  readonly maxWaiting?: number;
}

/** A scheduler that lives in this process. */
export interface InProcessScheduler extends Scheduler {
  /** Starts what is due by the clock now. For a host that moved its clock; otherwise seen within a minute. */
  recheck(): void;
  /** Resolves when neither a job nor a sweep of the started worker runs. Jobs that wait for their time do not count. */
  idle(): Promise<void>;
}

/**
 * Wakes jobs by timers of this process, with no queue beside it. For tests, and for production without Redis: over a
 * storage that lasts, several processes may each run one, for a claim goes to one of them only; and what a process
 * forgets when it ends is found by the sweep of the next.
 *
 * Jobs wait in memory, for any length of time, also before `start`. The first sweep begins with `start`; two sweeps of
 * one scheduler never overlap. A job or a sweep that throws is logged and forgotten. Only a started worker keeps the
 * process alive. One worker at a time: `start` rejects with `invalid_config` until the one before was told to stop.
 * @throws CsatError `invalid_config`
 */
export function inProcessScheduler(options: InProcessSchedulerOptions = {}): InProcessScheduler {
  requireOptions(options, "inProcessScheduler");
  const { clock = systemClock, logger: given, maxWaiting = 100_000 } = options;
  requireClock(clock, "inProcessScheduler");
  requireLogger(given, "inProcessScheduler");
  requireWholeNumber({ value: maxWaiting, name: "maxWaiting", least: 1, of: "inProcessScheduler" });

  const logger = safeLogger(given);
  const waiting = waitingJobs(maxWaiting);
  let worker: InProcessWorker | undefined;

  return {
    async schedule(wakeUps) {
      requireTimes(wakeUps);
      for (const wakeUp of wakeUps) waiting.put(wakeUp);
      worker?.look();
    },
    async cancel(jobs) {
      for (const job of jobs) waiting.remove(job);
    },
    async start({ run, sweep }, { sweepEveryMs, concurrency }) {
      requireMilliseconds({ value: sweepEveryMs, name: "sweepEveryMs", least: 1, of: "start" });
      requireWholeNumber({ value: concurrency, name: "concurrency", least: 1, of: "start" });
      if (worker !== undefined) {
        throw new CsatError(
          "invalid_config",
          "This in-process scheduler runs a worker already. Stop that one first, or give the other its own scheduler.",
        );
      }
      const timers = timersOf(clock);
      const started = inProcessWorker({
        waiting,
        clock,
        timers,
        logger,
        run,
        sweep,
        sweepEveryMs,
        concurrency,
      });
      worker = started;
      return {
        async stop({ timeoutMs = DEFAULT_STOP_TIMEOUT_MS } = {}) {
          requireMilliseconds({ value: timeoutMs, name: "timeoutMs", least: 0, of: "stop" });
          if (worker === started) worker = undefined;
          await started.stop({ timeoutMs });
        },
      };
    },
    recheck: () => worker?.look(),
    async idle() {
      await worker?.idle();
    },
  };
}

/** A time that is none would never come, and would put the others out of order. */
function requireTimes(wakeUps: readonly WakeUp[]): void {
  const wrong = wakeUps.find(({ runAt }) => Number.isNaN(runAt.getTime()));
  if (wrong === undefined) return;
  const { job } = wrong;
  throw new CsatError(
    "invalid_input",
    `The wake-up for ${describeJob(job)} has no valid time. Pass a valid Date as \`runAt\`.`,
  );
}
