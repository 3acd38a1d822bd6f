import { withDeadline } from "@csat/core";
import { DelayedError, type Job as QueuedJob, Worker } from "bullmq";
import type { RedisClient, RedisConnection } from "./redis-connection.ts";

/** Takes jobs from the queue. */
export interface QueueWorker {
  /** Takes no further job. */
  pause(): void;
  /** Lets go of Redis. `isIdle` says that no job runs any more. Never rejects, and takes a second at most. */
  end(state: { readonly isIdle: boolean }): Promise<void>;
}

const pauseAfterFailureMs = 1_000;
const farewellMs = 1_000;

/**
 * Starts taking jobs as soon as Redis can be reached, and again whenever it can be reached again. Returns at once.
 * `run` never rejects: a job is done with when it was handed over, and the sweep finds what failed.
 */
export function queueWorker(parts: {
  readonly connection: RedisConnection;
  readonly queueName: string;
  readonly prefix: string;
  readonly concurrency: number;
  readonly run: (payload: unknown) => Promise<void>;
  readonly onError: (error: unknown) => void;
}): QueueWorker {
  const { connection, queueName, prefix, concurrency, run, onError } = parts;
  const ending = new AbortController();
  let isPaused = false;
  let worker: Worker | null = null;
  let client: RedisClient | null = null;

  async function work(job: QueuedJob, token?: string): Promise<void> {
    if (isPaused) {
      // Fetched while the stop came: it goes back for others.
      await job.moveToDelayed(Date.now(), token);
      throw new DelayedError();
    }
    await run(job.data);
  }

  /** One worker until it ends by itself, which it does when its first words with Redis fail, or is ended. */
  async function serveOnce(): Promise<void> {
    const redis = connection.forWorker(ending.signal);
    client = redis;
    redis.on("error", onError);
    try {
      // BullMQ's worker never recovers from a connection that breaks while it begins: so it begins on one that works.
      await untilReady(redis, ending.signal);
      if (ending.signal.aborted || isPaused) return;
      const options = {
        connection: redis,
        prefix,
        concurrency,
        autorun: false,
        runRetryDelay: pauseAfterFailureMs,
      };
      worker = new Worker(queueName, work, options);
      worker.on("error", onError);
      await worker.waitUntilReady();
      await worker.run();
    } catch (error) {
      onError(error);
    } finally {
      if (worker !== null) await dismiss(worker, true);
      worker = null;
      redis.disconnect();
    }
  }

  async function serve(): Promise<void> {
    while (!ending.signal.aborted && !isPaused) {
      await serveOnce();
      if (!isPaused) await pauseFor(ending.signal);
    }
  }

  async function dismiss(leaving: Worker, force: boolean): Promise<void> {
    const work = () => leaving.close(force);
    await withDeadline({ timeoutMs: farewellMs, work, otherwise: () => {} }).catch(onError);
    leaving.disconnect().catch(() => {});
  }

  void serve();
  return {
    pause() {
      isPaused = true;
      worker?.pause(true).catch(onError);
    },
    async end({ isIdle }) {
      isPaused = true;
      ending.abort();
      // The connections are ended in any event: a silent Redis must not keep the process alive.
      // A patient close lets Redis know of the last jobs' ends, and never ends itself while Redis is away.
      if (worker !== null) await dismiss(worker, !isIdle || client?.status !== "ready");
      client?.disconnect();
    },
  };
}

function untilReady(redis: RedisClient, signal: AbortSignal): Promise<void> {
  if (redis.status === "ready") return Promise.resolve();
  return withDeadline({
    signal,
    work: () => new Promise((resolve) => void redis.once("ready", () => resolve())),
    otherwise: () => {},
  });
}

/** Ends with the signal, too, and leaves nothing on it: an outage of a day has many pauses. */
function pauseFor(signal: AbortSignal): Promise<void> {
  const never = () => new Promise<void>(() => {});
  return withDeadline({ timeoutMs: pauseAfterFailureMs, signal, work: never, otherwise: () => {} });
}
