import {
  describeWithRedis,
  type PrivateCluster,
  startPrivateCluster,
  startPrivateSentinel,
} from "@csat-internal/test-support";
import { Cluster, Redis } from "ioredis";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { redisConnection } from "../src/redis-connection.ts";
import { aScheduler, type TestScheduler, wakeUp } from "./support/a-scheduler.ts";

async function aCluster(): Promise<PrivateCluster> {
  const cluster = await startPrivateCluster();
  onTestFinished(() => cluster.stop());
  return cluster;
}

async function runs({ scheduler, ran }: TestScheduler, surveyId: string): Promise<void> {
  const schedule = () =>
    scheduler.schedule([wakeUp(surveyId)]).then(
      () => "taken",
      (error: unknown) => error,
    );
  await expect.poll(schedule).toBe("taken");
  await expect.poll(() => ran).toContain(surveyId);
}

/** Names of all keys of a server. */
async function keysOf({ port }: { readonly port: number }): Promise<readonly string[]> {
  const client = new Redis(port, "127.0.0.1");
  try {
    return await client.keys("*");
  } finally {
    client.disconnect();
  }
}

const inAnHour = () => new Date(Date.now() + 3_600_000);

// S9, S16
describeWithRedis("a Redis Cluster that is whole", () => {
  let shared: Promise<PrivateCluster> | null = null;
  const theCluster = () => {
    shared ??= startPrivateCluster();
    return shared;
  };
  afterAll(async () => (await shared)?.stop());

  test("that heard of a node while its connections were dropped connects again", async () => {
    const { nodes } = await theCluster();
    const connection = redisConnection({ connection: { cluster: nodes }, onReady() {}, onError() {} });
    onTestFinished(() => connection.close());
    await connection.whenReady();
    connection.renew();
    // As it comes with an answer that was under way: a node to which nobody connects, whose end ioredis waits for.
    const pool = Reflect.get(connection.redis, "connectionPool") as {
      findOrCreate(node: { host: string; port: number }): unknown;
    }; // A field of ioredis' own.
    pool.findOrCreate({ host: "127.0.0.1", port: 1 });
    expect(connection.redis.status).toBe("disconnecting");
    await expect.poll(() => connection.redis.status).toBe("ready");
    await connection.redis.set("{csat}:probe", "1", "PX", 1_000);
  });

  test("takes, replaces, cancels and wakes jobs, all their keys in one slot of one node", async () => {
    const cluster = await theCluster();
    const [node] = cluster.nodes;
    const desk = aScheduler({ connection: { cluster: node === undefined ? [] : [node] }, prefix: "desk" });
    await desk.scheduler.ping();
    await desk.scheduler.schedule([
      wakeUp("hurried", inAnHour()),
      wakeUp("canceled"),
      wakeUp("far", inAnHour()),
    ]);
    await desk.scheduler.schedule([wakeUp("hurried")]);
    await desk.scheduler.cancel([wakeUp("canceled").job]);
    await desk.scheduler.schedule(Array.from({ length: 250 }, (_, index) => wakeUp(`s${index}`)));
    await desk.start();
    await expect.poll(() => desk.ran.length).toBe(251);
    expect(new Set(desk.ran).size).toBe(251);
    expect(desk.ran).toContain("hurried");
    const primary = await cluster.primaryOf("{desk}");
    for (const { port } of cluster.nodes) {
      const ours = (await keysOf({ port })).filter((key) => key.includes("desk"));
      expect(ours.filter((key) => !key.startsWith("{desk}:wake-ups:"))).toEqual([]);
    }
    expect(await keysOf(primary)).not.toEqual([]);
    expect(desk.lines).toEqual([]);
  });

  test("a cluster client of the host carries calls and workers and stays open; braces of the prefix stay as they are", async () => {
    const cluster = await theCluster();
    const client = new Cluster([...cluster.nodes]);
    onTestFinished(() => client.disconnect());
    const desk = aScheduler({ connection: client, prefix: "help:{7}" });
    await desk.start();
    await runs(desk, "a");
    expect(await keysOf(await cluster.primaryOf("{7}"))).toContain("help:{7}:wake-ups:meta");
    await desk.scheduler.close();
    // A client stays the host's.
    expect(await client.get("{7}")).toBeNull();
  });

  test("reached as if it were one server is told by its kind", async () => {
    const cluster = await theCluster();
    const old = await cluster.primaryOf("{desk}");
    const other = cluster.nodes.find(({ port }) => port !== old.port);
    const desk = aScheduler({ connection: { ...other }, prefix: "{desk}" });
    await expect(desk.scheduler.schedule([wakeUp("a")])).rejects.toMatchObject({
      code: "scheduler_unavailable",
    });
    expect(desk.lines).toMatchObject([{ level: "warn", fields: { kind: "redis_is_a_cluster" } }]);
  });
});

// S9, S16
describeWithRedis("a Redis Cluster that loses a node", () => {
  test.each(["killed", "frozen"] as const)(
    "the one with the queue, %s, goes on with the replica, without a new start",
    async (how) => {
      const cluster = await aCluster();
      const desk = aScheduler({ connection: { cluster: cluster.nodes }, prefix: "{desk}" });
      await desk.start();
      await runs(desk, "before");
      const old = await cluster.primaryOf("{desk}");
      if (how === "killed") await old.kill();
      else {
        old.pause();
        onTestFinished(() => old.resume());
      }
      await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject({
        code: "scheduler_unavailable",
      });
      await cluster.failedOver("{desk}", old);
      await runs(desk, "after");
      const messages = desk.lines.map(({ message }) => message);
      expect(new Set(messages).size).toBe(messages.length);
      expect(JSON.stringify(desk.lines)).not.toMatch(/127\.0\.0\.1/);
    },
  );
});

// S9, S16
describeWithRedis("Redis with Sentinel", () => {
  test.each(["killed", "frozen"] as const)(
    "whose primary was %s goes on with the replica that was promoted, without a new start",
    async (how) => {
      const { name, sentinels, primary, replica, stop } = await startPrivateSentinel();
      onTestFinished(stop);
      const desk = aScheduler({ connection: { name, sentinels: [...sentinels] } });
      await desk.start();
      await runs(desk, "before");
      if (how === "killed") await primary.kill();
      else {
        primary.pause();
        onTestFinished(() => primary.resume());
      }
      await runs(desk, "after");
      expect(await keysOf(replica)).not.toEqual([]);
      const messages = desk.lines.map(({ message }) => message);
      expect(new Set(messages).size).toBe(messages.length);
    },
  );
});
