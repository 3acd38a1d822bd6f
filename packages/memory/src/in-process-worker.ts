import { type Clock, errorInWords, type Job, type JobHandler, type LogFields, type Logger } from "@csat/core";
import type { Timers } from "./timers.ts";
import type { WaitingJobs } from "./waiting-jobs.ts";

/** What a worker of the in-process scheduler works with. */
export interface WorkerParts {
  readonly waiting: WaitingJobs;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly run: JobHandler;
  readonly sweep: (signal: AbortSignal) => Promise<void>;
  readonly sweepEveryMs: number;
  readonly concurrency: number;
}

/** Runs waiting jobs when their time has come, and sweeps, until it is stopped. */
export interface InProcessWorker {
  /** Starts what is due by the clock, as far as there is room. */
  look(): void;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** Takes no new job, and resolves when nothing runs, or after `timeoutMs`, when it aborts what does. */
  stop(options: { readonly timeoutMs: number }): Promise<void>;
}

// Timers run on time that passes; a machine that slept or a clock that was set is noticed by looking again.
const LOOK_EVERY_MS = 60_000;

/** Starts a worker: its first sweep begins at once. */
export function inProcessWorker(parts: WorkerParts): InProcessWorker {
  const { waiting, clock, timers, logger } = parts;
  const aborting = new AbortController();
  const jobs = new Set<Promise<void>>();
  const sweeps = new Set<Promise<void>>();
  let isStopped = false;
  let callOffAlarm = (): void => {};
  let callOffSweep = (): void => {};

  function look(): void {
    if (isStopped) return;
    while (jobs.size < parts.concurrency) {
      const job = waiting.takeDue(clock.now());
      if (job === undefined) break;
      runJob(job);
    }
    setAlarm();
  }

  function setAlarm(): void {
    callOffAlarm();
    const next = waiting.nextRunAt();
    // With every place taken there is nothing to wake up for: a job that ends looks again.
    if (next === null || jobs.size >= parts.concurrency) return;
    const delayMs = Math.max(0, next.getTime() - clock.now().getTime());
    callOffAlarm = timers.setTimer(look, Math.min(delayMs, LOOK_EVERY_MS));
  }

  function runJob(job: Job): void {
    const failure = { fields: { ...job }, message: "A job failed. The sweep will find its work again." };
    const work = run(() => parts.run(job, aborting.signal), failure).then(() => {
      jobs.delete(work);
      look();
    });
    jobs.add(work);
  }

  function sweep(): void {
    callOffSweep = timers.setTimer(sweep, parts.sweepEveryMs);
    look();
    // One that takes longer than its period is not joined by another.
    if (sweeps.size > 0) return;
    const failure = { fields: {}, message: "A sweep failed. The next one follows at its time." };
    const work = run(() => parts.sweep(aborting.signal), failure).then(() => void sweeps.delete(work));
    sweeps.add(work);
  }

  async function run(
    work: () => Promise<void>,
    failure: { readonly fields: LogFields; readonly message: string },
  ): Promise<void> {
    // Not within the call that brought the job: the host's own work goes first.
    await Promise.resolve();
    try {
      await work();
    } catch (error) {
      logger.error({ ...failure.fields, error: errorInWords(error) }, failure.message);
    }
  }

  async function idle(): Promise<void> {
    while (jobs.size + sweeps.size > 0) await Promise.all([...jobs, ...sweeps]);
  }

  async function stop({ timeoutMs }: { readonly timeoutMs: number }): Promise<void> {
    isStopped = true;
    callOffAlarm();
    callOffSweep();
    if (timeoutMs === 0) {
      aborting.abort();
      return;
    }
    await new Promise<void>((resolve) => {
      const callOff = timers.setTimer(() => {
        aborting.abort();
        resolve();
      }, timeoutMs);
      void idle().then(() => {
        callOff();
        resolve();
      });
    });
  }

  sweep();
  return { look, idle, stop };
}
