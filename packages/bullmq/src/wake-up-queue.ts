import type { Clock, Job, WakeUp } from "@csat/core";
import { Queue } from "bullmq";
import { jobIds } from "./job-id.ts";
import type { RedisConnection } from "./redis-connection.ts";

/** The queue as callers see it. Each call rejects when Redis does, or hangs as long as it is silent. */
export interface WakeUpQueue {
  /** Sets these wake-ups, in place of those that the same jobs had. */
  put(wakeUps: readonly WakeUp[]): Promise<void>;
  /** Removes what does not run yet. */
  remove(jobs: readonly Job[]): Promise<void>;
  /** Answers when Redis takes a write beside the queue's keys; rejects when it refuses. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Where jobs wait in Redis. */
export function wakeUpQueue(parts: {
  readonly connection: RedisConnection;
  readonly queueName: string;
  readonly prefix: string;
  readonly clock: Clock;
  /** After every word from Redis, of which a call with many jobs gets many. */
  readonly onAnswer: () => void;
  readonly onError: (error: unknown) => void;
}): WakeUpQueue {
  const { connection, queueName, prefix, clock, onAnswer, onError } = parts;
  let current: Queue | null = null;

  async function ready(): Promise<Queue> {
    // BullMQ would let commands wait for a connection as long as that takes.
    await connection.whenReady();
    const queue = current ?? newQueue();
    current = queue;
    try {
      await queue.waitUntilReady();
    } catch (error) {
      // A queue whose first words with Redis failed never recovers; the next call makes another.
      if (current === queue) current = null;
      queue.close().catch(() => {});
      throw error;
    }
    return queue;
  }

  function newQueue(): Queue {
    const queue = new Queue(queueName, { connection: connection.redis, prefix });
    queue.on("error", onError);
    return queue;
  }

  return {
    async put(wakeUps) {
      const queue = await ready();
      const now = clock.now().getTime();
      const known = await knownJobs({
        queue,
        redis: connection.redis,
        jobs: wakeUps.map(({ job }) => job),
        onAnswer,
      });
      const free = await Promise.all(
        wakeUps.map(({ job }) =>
          known.has(job) ? removeBoth({ queue, job, onAnswer }) : Promise.resolve(jobIds(job)[0]),
        ),
      );
      const jobs = wakeUps.flatMap(({ job, runAt }, index) => {
        const id = free[index];
        // With both names running there is nothing left to hang a time on: the sweep has to do.
        if (id === undefined || id === null) return [];
        const delay = Math.max(0, runAt.getTime() - now);
        return [
          {
            name: job.kind,
            data: job,
            opts: { jobId: id, delay, removeOnComplete: true, removeOnFail: true },
          },
        ];
      });
      if (jobs.length > 0) await queue.addBulk(jobs);
      onAnswer();
    },
    async remove(jobs) {
      const queue = await ready();
      await Promise.all(jobs.map((job) => removeBoth({ queue, job, onAnswer })));
    },
    async ping() {
      await connection.whenReady();
      // A PING is answered by a server that is full, by a replica, and by any node of a cluster.
      await connection.redis.set(`${prefix}:${queueName}:probe`, "1", "PX", 1_000);
    },
    async close() {
      await current?.close();
      current = null;
    },
  };
}

const namesAtOnce = 1_000;

/** Those that the queue has under one of their names. Most wake-ups are new, and to remove what is not there costs two scripts each. */
async function knownJobs({
  queue,
  redis,
  jobs,
  onAnswer,
}: {
  readonly queue: Queue;
  readonly redis: RedisConnection["redis"];
  readonly jobs: readonly Job[];
  readonly onAnswer: () => void;
}): Promise<ReadonlySet<Job>> {
  const known = new Set<Job>();
  for (let from = 0; from < jobs.length; from += namesAtOnce) {
    const some = jobs.slice(from, from + namesAtOnce);
    const counts = await Promise.all(
      some.map((job) => redis.exists(...jobIds(job).map((id) => queue.toKey(id)))),
    );
    onAnswer();
    for (const [place, job] of some.entries()) if (counts[place] !== 0) known.add(job);
  }
  return known;
}

/** Removes a job under both its names; answers with one that is free now, null when both run. */
async function removeBoth(given: {
  readonly queue: Queue;
  readonly job: Job;
  readonly onAnswer: () => void;
}): Promise<string | null> {
  const { queue, job, onAnswer } = given;
  const ids = jobIds(job);
  // BullMQ answers 0 for a job that runs, and 1 for one that was removed or never there.
  const removed = await Promise.all(ids.map((id) => queue.remove(id, { removeChildren: false })));
  onAnswer();
  return ids.find((_, index) => removed[index] === 1) ?? null;
}
