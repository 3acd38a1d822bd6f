import {
  errorInWords,
  type Job,
  type JobHandler,
  type Logger,
  type RunningScheduler,
  withDeadline,
} from "@csat/core";
import { queueWorker } from "./queue-worker.ts";
import type { QuietLog } from "./quiet-log.ts";
import { readJob } from "./read-job.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { sweeper } from "./sweeper.ts";

const defaultStopMs = 10_000;

/** Runs jobs and sweeps in this process until it is stopped. */
export function runningWork(parts: {
  readonly connection: RedisConnection;
  readonly queueName: string;
  readonly prefix: string;
  readonly logger: Logger;
  readonly note: QuietLog;
  readonly run: JobHandler;
  readonly sweep: (signal: AbortSignal) => Promise<void>;
  readonly sweepEveryMs: number;
  readonly concurrency: number;
}): RunningScheduler {
  const { connection, queueName, prefix, logger, note, concurrency } = parts;
  const aborting = new AbortController();
  const running = new Set<Promise<void>>();

  async function runPayload(payload: unknown): Promise<void> {
    const job = readJob(payload);
    if (job === null) {
      // Retried it would come back for ever. The release that wrote it has a sweep that finds its work.
      note({ error: "unknown", message: "A job that this release does not know was passed over." });
      return;
    }
    const work = runJob(job);
    running.add(work);
    await work;
    running.delete(work);
  }

  async function runJob(job: Job): Promise<void> {
    try {
      await parts.run(job, aborting.signal);
    } catch (error) {
      logger.error(
        { ...job, error: errorInWords(error) },
        "A job failed. The sweep will find its work again.",
      );
    }
  }

  const sweeps = sweeper({
    sweep: () => parts.sweep(aborting.signal),
    everyMs: parts.sweepEveryMs,
    onFailure: (error) => {
      logger.error({ error: errorInWords(error) }, "A sweep failed. The next one follows at its time.");
    },
  });
  const worker = queueWorker({
    connection,
    queueName,
    prefix,
    concurrency,
    run: runPayload,
    onError: (error) =>
      note({
        error,
        message: "The queue's worker has trouble with Redis. It goes on by itself, and so do sweeps.",
      }),
  });

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
    await sweeps.idle();
  }

  let stopping: Promise<void> | null = null;
  async function stop(timeoutMs: number): Promise<void> {
    sweeps.stop();
    worker.pause();
    if (timeoutMs > 0) await withDeadline({ timeoutMs, work: idle, otherwise: () => {} });
    // Nobody listens any more when all has ended in time.
    aborting.abort();
    await worker.end({ isIdle: running.size === 0 });
  }
  return {
    stop: ({ timeoutMs = defaultStopMs } = {}) => {
      stopping ??= stop(timeoutMs);
      return stopping;
    },
  };
}
