import { bullmqScheduler } from "@csat/bullmq";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { Pool } from "pg";
import { benchDesk, manyResolved, workspaceId } from "../bench-desk.ts";
import { alternate, type Bench, type BenchPath, type Measured } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

/** Ten thousand in one call, wake-ups included. */
export const bulkResolve: BenchPath = {
  id: "bulk",
  title: "`ticketsResolved` of 10,000, Postgres + BullMQ",
  rawSide: "one table, multi-row INSERT of 1,000, + `addBulk`",
  unit: "ms",
  needsRedis: true,
  goal: { of: "ratio", atMost: 2 },
  measure: (bench) =>
    beside(bench, async ({ pool, redis, prefix }) => {
      const { csat, scheduler } = await bullmqDesk(pool, redis, prefix);
      const queue = new Queue("raw", { connection: redis, prefix });
      await pool.query(rawTable);
      const count = bench.sized(10_000);
      try {
        return await alternate(bench.rounds, {
          ours: (round) => {
            const events = manyResolved(`ours-${round}`, count);
            return millisecondsOf(() => csat.ticketsResolved(events));
          },
          raw: (round) => {
            const events = manyResolved(`raw-${round}`, count);
            return millisecondsOf(() => insertRaw({ pool, queue, events }));
          },
        });
      } finally {
        await scheduler.close();
        await queue.close();
      }
    }),
};

/** Two callers at once, a twentieth of whose tickets are the same, against one caller with as many. */
export const conflictingResolve: BenchPath = {
  id: "bulk-conflicts",
  title: "the same with 5 % conflicting and two callers",
  rawSide: "`ticketsResolved` of the same tickets by one caller",
  unit: "ms",
  needsRedis: true,
  goal: { of: "ratio", atMost: 1.3 },
  measure: (bench) =>
    beside(bench, async ({ pool, redis, prefix }) => {
      const { csat, scheduler } = await bullmqDesk(pool, redis, prefix);
      const half = bench.sized(10_000) / 2;
      try {
        return await alternate(bench.rounds, {
          ours: (round) => {
            const [one, other] = [manyResolved(`a-${round}`, half), manyResolved(`b-${round}`, half)];
            const shared = manyResolved(`s-${round}`, Math.ceil(half / 20));
            // In opposite order: locks are taken in the order of keys, whatever the callers'.
            const callers = [
              [...shared, ...one],
              [...other, ...shared.toReversed()],
            ];
            return millisecondsOf(() => Promise.all(callers.map((events) => csat.ticketsResolved(events))));
          },
          raw: (round) => {
            const events = manyResolved(`raw-${round}`, half * 2 + Math.ceil(half / 20));
            return millisecondsOf(() => csat.ticketsResolved(events));
          },
        });
      } finally {
        await scheduler.close();
      }
    }),
};

const rawTable = `create table raw_surveys (workspace_id text not null, id text not null, actor_id text, state json not null,
  due_at timestamptz not null, primary key (workspace_id, id))`;

async function bullmqDesk(pool: Pool, redis: Redis, prefix: string) {
  // A busy machine is no outage: with the usual patience the side that is measured would leave out its wake-ups.
  const scheduler = bullmqScheduler({ connection: redis, prefix, timeoutMs: 60_000 });
  return { scheduler, csat: await benchDesk(pool, { scheduler }) };
}

async function insertRaw({
  pool,
  queue,
  events,
}: {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly events: ReturnType<typeof manyResolved>;
}): Promise<void> {
  for (let from = 0; from < events.length; from += 1_000) {
    const part = events.slice(from, from + 1_000);
    const rows = part.map((_, place) => {
      const first = place * 5;
      return `($${first + 1}, $${first + 2}, $${first + 3}, $${first + 4}, $${first + 5})`;
    });
    await pool.query({
      name: `raw_insert_${part.length}`,
      text: `insert into raw_surveys (workspace_id, id, actor_id, state, due_at) values ${rows.join(", ")}`,
      values: part.flatMap(({ ticketId, actorId, resolvedAt }) => [
        workspaceId,
        ticketId,
        actorId,
        JSON.stringify({ generation: 1, resolvedAt, dueAt: resolvedAt }),
        resolvedAt,
      ]),
    });
  }
  await queue.addBulk(
    events.map(({ ticketId }) => ({
      name: "send",
      data: { workspaceId, ticketId },
      opts: { jobId: ticketId },
    })),
  );
}

async function beside(
  bench: Bench,
  measure: (parts: {
    readonly pool: Pool;
    readonly redis: Redis;
    readonly prefix: string;
  }) => Promise<Measured["rounds"]>,
): Promise<Measured> {
  const redis = new Redis(bench.redisUrl, { maxRetriesPerRequest: null });
  const pool = new Pool({ connectionString: bench.url, max: 4 });
  const prefix = `csat-bench-${process.pid}`;
  try {
    return { rounds: await measure({ pool, redis, prefix }) };
  } finally {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 })) {
      // Of a scan that answers names.
      for (const key of keys as string[]) await redis.unlink(key);
    }
    await redis.quit();
    await pool.end();
  }
}
