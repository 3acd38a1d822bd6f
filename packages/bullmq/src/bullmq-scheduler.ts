import {
  CsatError,
  describeJob,
  type RunningScheduler,
  type Scheduler,
  safeLogger,
  systemClock,
  type WakeUp,
} from "@csat/core";
import { breaker } from "./breaker.ts";
import type { BullmqSchedulerOptions } from "./bullmq-scheduler-options.ts";
import { checkOptions } from "./check-options.ts";
import { jobId } from "./job-id.ts";
import { quietLog } from "./quiet-log.ts";
import { keyPrefix, redisConnection } from "./redis-connection.ts";
import { isReadOnly } from "./redis-trouble.ts";
import { runningWork } from "./running-work.ts";
import { wakeUpQueue } from "./wake-up-queue.ts";

/** A scheduler on Redis, and how to let go of it. */
export interface BullmqScheduler extends Scheduler {
  /**
   * Resolves when Redis takes a write of the queue, and waits for an answer as long as it takes: limit it yourself.
   * Rejects with Redis' own error when it refuses, as one that is full or a replica does. Connects where nothing did
   * before. For `csat doctor` and checks of your own; the breaker is not asked and learns nothing.
   */
  ping(): Promise<void>;
  /**
   * Stops the worker, waiting for what runs as `stop` does, and ends the scheduler's own connections; a client of the
   * host stays open. Calls after it reject. Never rejects itself.
   */
  close(): Promise<void>;
}

/** One `addBulk` each: Redis does nothing else meanwhile, and a machine under load answers well within `timeoutMs`. */
const chunkSize = 100;

/**
 * Wakes jobs through a BullMQ queue, for many processes and exact times. Redis is a hint and nothing more: while it is
 * away `schedule` and `cancel` reject with `scheduler_unavailable`, within `timeoutMs` at first and then at once, until
 * a probe in the background succeeds; `start` resolves, sweeps go on, and the worker connects when it can.
 *
 * Processes with the same `prefix` and `queueName` share the work: a job goes to one of them. A handler that rejects is
 * logged, and its job is done with. Jobs of unknown kinds are passed over. One worker per scheduler at a time.
 * @throws CsatError `invalid_config`
 */
export function bullmqScheduler(options: BullmqSchedulerOptions): BullmqScheduler {
  checkOptions(options);
  const { queueName = "wake-ups", timeoutMs = 200 } = options;
  const prefix = keyPrefix(options.prefix ?? "csat", options.connection);
  const { clock = systemClock } = options;
  const logger = safeLogger(options.logger);
  const note = quietLog(logger);
  const onError = (error: unknown) => note({ error, message: "Redis reported an error." });
  const connection = redisConnection({
    connection: options.connection,
    onReady: () => guard.probeNow(),
    onError,
  });
  const queue = wakeUpQueue({
    connection,
    queueName,
    prefix,
    clock,
    onAnswer: () => guard.noteAnswer(),
    onError,
  });
  const guard = breaker({
    timeoutMs,
    probe: () => queue.ping(),
    onOpen: (error) => {
      const message = "Redis is out of reach. Until it answers, the sweep does the work of lost wake-ups.";
      outage = note({ error, message });
      if (isReadOnly(error)) connection.renew();
    },
    onClose: () => {
      // At the edge of its memory Redis takes some writes and refuses others: as many ends are told as beginnings.
      if (outage !== endedOutage) logger.info({}, "Redis answers again.");
      endedOutage = outage;
    },
    onFailure: (failure) => {
      if (failure.kind === "silence" || isReadOnly(failure.error)) connection.renew();
    },
  });
  let outage: object | null = null;
  let endedOutage: object | null = null;
  let running: RunningScheduler | null = null;
  let isClosed = false;

  async function inChunks<Part>(
    all: readonly Part[],
    write: (chunk: readonly Part[]) => Promise<void>,
  ): Promise<void> {
    if (isClosed) {
      throw new CsatError(
        "scheduler_unavailable",
        "This scheduler was closed. Close it after the last call.",
      );
    }
    for (let start = 0; start < all.length; start += chunkSize) {
      const chunk = all.slice(start, start + chunkSize);
      await guard.run(() => write(chunk));
    }
  }

  return {
    async schedule(wakeUps) {
      requireTimes(wakeUps);
      // Of the same job twice in one call the later one counts.
      const latest = new Map(wakeUps.map((wakeUp) => [jobId(wakeUp.job), wakeUp]));
      await inChunks([...latest.values()], queue.put);
    },
    cancel: (jobs) => inChunks(jobs, queue.remove),
    ping: () => queue.ping(),
    async start({ run, sweep }, { sweepEveryMs, concurrency }) {
      requireStart({ sweepEveryMs, concurrency, isRunning: running !== null, isClosed });
      const started = runningWork({
        connection,
        queueName,
        prefix,
        logger,
        note,
        run,
        sweep,
        sweepEveryMs,
        concurrency,
      });
      running = started;
      return {
        stop(stopOptions) {
          if (running === started) running = null;
          return started.stop(stopOptions);
        },
      };
    },
    async close() {
      isClosed = true;
      guard.end();
      await running?.stop();
      running = null;
      await queue.close().catch(onError);
      connection.close();
    },
  };
}

function requireTimes(wakeUps: readonly WakeUp[]): void {
  const wrong = wakeUps.find(({ runAt }) => Number.isNaN(runAt.getTime()));
  if (wrong === undefined) return;
  const { job } = wrong;
  throw new CsatError(
    "invalid_input",
    `The wake-up for ${describeJob(job)} has no valid time. Pass a valid Date as \`runAt\`.`,
  );
}

function requireStart(given: {
  readonly sweepEveryMs: number;
  readonly concurrency: number;
  readonly isRunning: boolean;
  readonly isClosed: boolean;
}): void {
  const { sweepEveryMs, concurrency, isRunning, isClosed } = given;
  const wrong = isClosed
    ? "was closed: make another"
    : isRunning
      ? "runs a worker already: stop that one first, or give the other its own scheduler"
      : Number.isSafeInteger(concurrency) && concurrency >= 1
        ? sweepEveryMs >= 1
          ? null
          : "needs `sweepEveryMs` in milliseconds, from 1 on"
        : "needs `concurrency` to be a whole number from 1 on";
  if (wrong !== null) throw new CsatError("invalid_config", `This BullMQ scheduler ${wrong}.`);
}
