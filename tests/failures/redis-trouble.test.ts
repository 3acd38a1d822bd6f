import { bullmqScheduler } from "@csat/bullmq";
import { describeWithRedis, type PrivateRedis, startPrivateRedis } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { type Figures, mailFigures, printFigures } from "./world/figures.ts";
import type { Verdict } from "./world/mail-server.ts";
import { outage, slowly } from "./world/rhythm.ts";
import { until } from "./world/wait.ts";

const atOnce = 300;
const oneByOne = 100;
const outageMs = 60_000;

describeWithRedis("Redis in trouble", () => {
  test("emptied in mid-run and then gone for a minute: nothing lost, nothing twice, and no resolve waits for it", async ({
    onTestFinished,
  }) => {
    // S9, S16
    const redis = await startPrivateRedis();
    onTestFinished(() => redis.stop());
    const scheduler = bullmqScheduler({ connection: redis.url, queueName: "work" });
    onTestFinished(() => scheduler.close());
    const worker = { redisUrl: redis.url, sweepEveryMs: 1_000, concurrency: 5 };
    const system = await aSystem({ onTestFinished, scheduler, worker });
    const { mailServer, csat } = system;
    mailServer.behavior = { onMail: slowly<Verdict>(30, "accept") };
    const surveys = atOnce + 4 * oneByOne;
    const ticketIds = [...(await system.addTickets({ workspaceId: "acme", count: surveys }))];
    const nextIds = (count: number) => ticketIds.splice(0, count);
    const workers = [system.startWorker(), system.startWorker()];
    await Promise.all(workers.map(({ ready }) => ready));

    await system.resolve({ workspaceId: "acme", ticketIds: nextIds(atOnce) });
    await until(() => mailServer.taken.length >= 50, true);
    const waiting = await flush(redis);
    const up = await resolveOneByOne(system, nextIds(oneByOne));
    await until(() => mailServer.taken.length, atOnce + oneByOne);

    await redis.kill();
    const restarted = outage(outageMs).then(() => redis.restart());
    const down = await resolveOneByOne(system, nextIds(oneByOne));
    await until(() => mailServer.taken.length, atOnce + 2 * oneByOne);
    const mailedMeanwhile = mailServer.taken.length - atOnce - oneByOne;
    const later = await resolveOneByOne(system, nextIds(oneByOne));
    await restarted;

    const after = await resolveOneByOne(system, nextIds(oneByOne));
    await until(() => mailServer.taken.length, surveys);
    const figures = mailFigures({ surveys, mails: mailServer.taken });
    printFigures("Redis", {
      "surveys in": surveys,
      "jobs flushed": waiting,
      ...figures,
      "mailed while Redis was away": mailedMeanwhile,
      ...inMs("resolve, Redis up", up),
      ...inMs("resolve, Redis down", down),
      ...inMs("resolve, Redis down for a while", later),
      ...inMs("resolve, Redis back", after),
      "lost by the first resolve while down": `${((down[0] ?? 0) - median(down)).toFixed(1)} ms`,
      "down / up, median": (median(down) / median(up)).toFixed(2),
    });
    expect(waiting).toBeGreaterThan(0);
    expect(figures).toMatchObject({ distinct: surveys, lost: 0, repeated: 0 });
    expect(await csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0 });
    for (const running of workers) expect(await running.stop(), running.lines.join("\n")).toBe(0);
  });
});

/** Empties Redis and answers how many keys that were. */
async function flush({ url }: PrivateRedis): Promise<number> {
  const client = new Redis(url);
  const keys = await client.dbsize();
  await client.flushall();
  await client.quit();
  return keys;
}

/** How long each call of `ticketResolved` took, in milliseconds. */
async function resolveOneByOne({ csat }: System, ticketIds: readonly string[]): Promise<readonly number[]> {
  const took: number[] = [];
  for (const ticketId of ticketIds) {
    const begun = performance.now();
    await csat.ticketResolved({ workspaceId: "acme", ticketId, actorId: "olivia", resolvedAt: new Date() });
    took.push(performance.now() - begun);
  }
  return took;
}

function inMs(what: string, took: readonly number[]): Figures {
  return {
    [`${what}: first`]: `${(took[0] ?? 0).toFixed(1)} ms`,
    [`${what}: median`]: `${median(took).toFixed(1)} ms`,
    [`${what}: slowest`]: `${Math.max(...took).toFixed(1)} ms`,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
