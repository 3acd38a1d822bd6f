import { describeWithRedis } from "@csat-internal/test-support";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, inject, onTestFinished, test } from "vitest";
import { aPrefix, aScheduler, wakeUp } from "./support/a-scheduler.ts";

function aClient(options: { readonly lazyConnect?: boolean; readonly commandTimeout?: number } = {}): Redis {
  const client = new Redis(inject("redisUrl") ?? "", options);
  onTestFinished(() => client.disconnect());
  return client;
}

describeWithRedis("a client of the host", () => {
  for (const options of [{}, { lazyConnect: true }, { commandTimeout: 300 }]) {
    test(`carries calls and workers and stays open, with ${JSON.stringify(options)}`, async () => {
      const client = aClient(options);
      const desk = aScheduler({ connection: client });
      await desk.start();
      await desk.scheduler.schedule([wakeUp("a")]);
      await expect.poll(() => desk.ran).toEqual(["a"]);
      await desk.scheduler.close();
      expect(await client.ping()).toBe("PONG");
    });
  }

  test("with a keyPrefix is refused, for BullMQ cannot use it", () => {
    const client = new Redis({ lazyConnect: true, keyPrefix: "host:" });
    expect(() => aScheduler({ connection: client })).toThrow("connection must be without a keyPrefix");
  });
});

describeWithRedis("several schedulers", () => {
  test("with one queue share the jobs, each of which goes to one of them", async () => {
    const prefix = aPrefix();
    const connection = inject("redisUrl") ?? "";
    const [web, first, second] = [1, 2, 3].map(() => aScheduler({ connection, prefix }));
    await first?.start();
    await second?.start();
    const surveys = Array.from({ length: 200 }, (_, index) => `s${index}`);
    await web?.scheduler.schedule(surveys.map((surveyId) => wakeUp(surveyId)));
    const all = () => [...(first?.ran ?? []), ...(second?.ran ?? [])];
    await expect.poll(() => all().length).toBeGreaterThanOrEqual(200);
    expect(all().toSorted()).toEqual(surveys.toSorted());
    expect(web?.ran).toEqual([]);
  });

  test("replace and cancel each other's wake-ups", async () => {
    const prefix = aPrefix();
    const connection = inject("redisUrl") ?? "";
    const [one, other] = [aScheduler({ connection, prefix }), aScheduler({ connection, prefix })];
    const inAnHour = new Date(Date.now() + 3_600_000);
    await one.scheduler.schedule([wakeUp("hurried", inAnHour), wakeUp("kept")]);
    await one.scheduler.schedule([wakeUp("canceled")]);
    await other.scheduler.schedule([wakeUp("hurried")]);
    await other.scheduler.cancel([wakeUp("canceled").job]);
    await one.start();
    await expect.poll(() => one.ran.toSorted()).toEqual(["hurried", "kept"]);
  });

  test("with prefixes of their own never meet", async () => {
    const connection = inject("redisUrl") ?? "";
    const [one, other] = [aScheduler({ connection }), aScheduler({ connection })];
    await other.start();
    await one.scheduler.schedule([wakeUp("one")]);
    await other.scheduler.schedule([wakeUp("other")]);
    await expect.poll(() => other.ran).toEqual(["other"]);
  });
});

describeWithRedis("the queue", () => {
  test("holds no more of a job than its fields, and nothing of those that are done", async () => {
    const prefix = aPrefix();
    const client = aClient();
    const desk = aScheduler({ connection: client, prefix });
    const queue = new Queue("wake-ups", { connection: client, prefix });
    onTestFinished(() => queue.close());
    await desk.scheduler.schedule([wakeUp("a", new Date(Date.now() + 3_600_000)), wakeUp("b")]);
    const [far] = await queue.getDelayed();
    expect(far?.data).toEqual(wakeUp("a").job);
    await desk.start();
    await expect
      .poll(() => queue.getJobCounts("active", "completed", "failed", "delayed", "waiting"))
      .toMatchObject({ active: 0, completed: 0, failed: 0, delayed: 1, waiting: 0 });
    expect(desk.ran).toEqual(["b"]);
  });

  test("is rid of jobs that this release does not know, without a retry, and the others go on", async () => {
    const prefix = aPrefix();
    const client = aClient();
    const desk = aScheduler({ connection: client, prefix });
    const queue = new Queue("wake-ups", { connection: client, prefix });
    onTestFinished(() => queue.close());
    await queue.add(
      "remind_customer",
      { kind: "remind_customer", workspaceId: "acme" },
      { attempts: 5, removeOnComplete: true },
    );
    await queue.add("send_survey", "nonsense", { attempts: 5, removeOnComplete: true });
    await desk.start();
    await desk.scheduler.schedule([wakeUp("known")]);
    await expect.poll(() => queue.getJobCountByTypes("active", "waiting", "delayed", "failed")).toBe(0);
    expect(desk.ran).toEqual(["known"]);
    expect(desk.lines.map(({ message }) => message)).toEqual([
      "A job that this release does not know was passed over.",
    ]);
  });
});
