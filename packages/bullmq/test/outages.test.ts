import { describeWithRedis, type PrivateRedis, startPrivateRedis } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { aPrefix, aScheduler, type TestScheduler, wakeUp } from "./support/a-scheduler.ts";

const refused = { code: "scheduler_unavailable" };

async function aRedis(): Promise<PrivateRedis> {
  const server = await startPrivateRedis();
  onTestFinished(() => server.stop());
  return server;
}

/** True when `call` has rejected before this process could hear anything from anybody. */
async function rejectsAtOnce(call: Promise<unknown>): Promise<boolean> {
  let hasRejected = false;
  call.catch(() => {
    hasRejected = true;
  });
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return hasRejected;
}

async function runsAgain({ scheduler, ran }: TestScheduler, surveyId: string): Promise<void> {
  const schedule = () =>
    scheduler.schedule([wakeUp(surveyId)]).then(
      () => "taken",
      (error: unknown) => error,
    );
  await expect.poll(schedule).toBe("taken");
  await expect.poll(() => ran).toContain(surveyId);
}

async function sweepsGoOn({ sweepCount }: TestScheduler): Promise<void> {
  const before = sweepCount();
  await expect.poll(sweepCount).toBeGreaterThan(before + 1);
}

// S9, S16
describeWithRedis("a Redis that is away", () => {
  test("at the start keeps nothing from starting: calls reject, sweeps go on, and jobs come when it does", async () => {
    const server = await aRedis();
    await server.kill();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    expect(await rejectsAtOnce(desk.scheduler.schedule([wakeUp("lost, too")]))).toBe(true);
    expect(await rejectsAtOnce(desk.scheduler.cancel([wakeUp("lost").job]))).toBe(true);
    await sweepsGoOn(desk);
    await server.restart();
    await runsAgain(desk, "after");
  });

  test("is waited for by ping, which answers when it is back", async () => {
    const server = await aRedis();
    await server.kill();
    const { scheduler } = aScheduler({ connection: server.url });
    let hasAnswered = false;
    const asked = scheduler.ping().then(() => {
      hasAnswered = true;
    });
    await expect(scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    expect(hasAnswered).toBe(false);
    await server.restart();
    await asked;
  });

  test("killed in mid-run and started again empty is used again without a new start", async () => {
    const server = await aRedis();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await runsAgain(desk, "before");
    await server.kill();
    await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    expect(await rejectsAtOnce(desk.scheduler.schedule([wakeUp("lost, too")]))).toBe(true);
    await sweepsGoOn(desk);
    await server.restart();
    await runsAgain(desk, "after");
  });

  test("frozen, with connections that stay open, costs one call its time and no more", async () => {
    const server = await aRedis();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await runsAgain(desk, "before");
    server.pause();
    // It rejects though Redis is silent until the end of the test's pause.
    await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    expect(await rejectsAtOnce(desk.scheduler.schedule([wakeUp("lost, too")]))).toBe(true);
    await sweepsGoOn(desk);
    server.resume();
    await runsAgain(desk, "after");
  });

  test("lets a worker be stopped and a scheduler be closed", async () => {
    const server = await aRedis();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await runsAgain(desk, "before");
    await server.kill();
    await desk.scheduler.close();
    await expect(desk.scheduler.schedule([wakeUp("late")])).rejects.toMatchObject(refused);
  });

  test("is told once, by kind, with neither address nor password, and so is its return", async () => {
    const server = await aRedis();
    await server.kill();
    const connection = server.url.replace("redis://", "redis://csat:hunter2@");
    const desk = aScheduler({ connection });
    await desk.start();
    await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    await sweepsGoOn(desk);
    const messages = desk.lines.map(({ message }) => message);
    expect(new Set(messages).size).toBe(messages.length);
    expect(messages).toContain(
      "Redis is out of reach. Until it answers, the sweep does the work of lost wake-ups.",
    );
    expect(JSON.stringify(desk.lines)).not.toMatch(/hunter2|127\.0\.0\.1/);
  });
});

// S16
describeWithRedis("a Redis that was emptied", () => {
  test("takes and wakes jobs as before, by the worker that waited on what is gone", async () => {
    const server = await aRedis();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await runsAgain(desk, "before");
    await desk.scheduler.schedule([wakeUp("far", new Date(Date.now() + 3_600_000))]);
    const client = new Redis(server.url);
    onTestFinished(() => client.disconnect());
    // Only when the worker waits for the next job has it something to lose.
    await expect.poll(() => client.info("clients")).toMatch(/blocked_clients:1/);
    await client.flushall();
    await runsAgain(desk, "after");
    await desk.scheduler.schedule([wakeUp("delayed", new Date(Date.now() + 50))]);
    await expect.poll(() => desk.ran).toEqual(["before", "after", "delayed"]);
    await sweepsGoOn(desk);
  });

  test("lost no call of a scheduler that was not at work meanwhile", async () => {
    const server = await aRedis();
    const prefix = aPrefix();
    const desk = aScheduler({ connection: server.url, prefix });
    await desk.scheduler.schedule([wakeUp("gone")]);
    const client = new Redis(server.url);
    onTestFinished(() => client.disconnect());
    await client.flushall();
    await desk.scheduler.schedule([wakeUp("kept")]);
    await desk.start();
    await expect.poll(() => desk.ran).toEqual(["kept"]);
  });
});
