import { bullmqScheduler } from "@csat/bullmq";
import { describeWithRedis, type PrivateRedis, sized, startPrivateRedis } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { mailGate } from "./world/mail-gate.ts";
import { lasts, until } from "./world/wait.ts";

const { atOnce, oneByOne, goneForMs } = sized({
  usual: { atOnce: 60, oneByOne: 20, goneForMs: 0 },
  // A client that cannot connect pauses longer and longer between its attempts.
  full: { atOnce: 300, oneByOne: 100, goneForMs: 60_000 },
});

describeWithRedis("Redis in trouble", () => {
  test("emptied in mid-run and then gone: nothing lost, nothing twice, and no resolve waits for its return", async ({
    onTestFinished,
  }) => {
    // S9, S16
    const redis = await startPrivateRedis();
    onTestFinished(() => redis.stop());
    const scheduler = bullmqScheduler({ connection: redis.url, queueName: "work" });
    onTestFinished(() => scheduler.close());
    const worker = { redis: redis.url, sweepEveryMs: 1_000, concurrency: 5 };
    const system = await aSystem({ onTestFinished, scheduler, worker });
    const { mailServer, csat } = system;
    const gate = mailGate(atOnce / 6);
    mailServer.behavior = { onMail: gate.onMail };
    const surveys = atOnce + 4 * oneByOne;
    const ticketIds = [...(await system.addTickets({ workspaceId: "acme", count: surveys }))];
    const nextIds = (count: number) => ticketIds.splice(0, count);
    const workers = [system.startWorker(), system.startWorker()];
    await Promise.all(workers.map(({ ready }) => ready));

    await system.resolve({ workspaceId: "acme", ticketIds: nextIds(atOnce) });
    await until(() => mailServer.taken.length, atOnce / 6);
    const waiting = await flush(redis);
    gate.letPass(Infinity);
    await resolveOneByOne(system, nextIds(oneByOne));
    await until(() => mailServer.taken.length, atOnce + oneByOne);

    await redis.kill();
    // It is back only when these have been resolved and mailed.
    await resolveOneByOne(system, nextIds(oneByOne));
    await until(() => mailServer.taken.length, atOnce + 2 * oneByOne);
    await lasts(goneForMs);
    await resolveOneByOne(system, nextIds(oneByOne));
    await redis.restart();

    await resolveOneByOne(system, nextIds(oneByOne));
    await until(() => mailServer.taken.length, surveys);
    const figures = mailFigures({ surveys, mails: mailServer.taken });
    printFigures("Redis", {
      "surveys in": surveys,
      "jobs flushed": waiting,
      ...figures,
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

async function resolveOneByOne({ csat }: System, ticketIds: readonly string[]): Promise<void> {
  for (const ticketId of ticketIds) {
    await csat.ticketResolved({ workspaceId: "acme", ticketId, actorId: "olivia", resolvedAt: new Date() });
  }
}
