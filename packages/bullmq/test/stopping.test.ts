import { describeWithRedis } from "@csat-internal/test-support";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, inject, onTestFinished, test } from "vitest";
import { aPrefix, aScheduler, wakeUp } from "./support/a-scheduler.ts";

describeWithRedis("a worker", () => {
  test("that is stopped begins nothing of what waits, ends what runs, and leaves the rest to others", async () => {
    const prefix = aPrefix();
    const client = new Redis(inject("redisUrl") ?? "");
    onTestFinished(() => client.disconnect());
    const [stopped, other] = [
      aScheduler({ connection: client, prefix }),
      aScheduler({ connection: client, prefix }),
    ];
    const queue = new Queue("wake-ups", { connection: client, prefix });
    onTestFinished(() => queue.close());
    const surveys = Array.from({ length: 50 }, (_, index) => `s${index}`);
    await stopped.scheduler.schedule(surveys.map((surveyId) => wakeUp(surveyId)));
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const worker = await stopped.scheduler.start(
      {
        sweep: async () => {},
        run: (job) => {
          begun.push("surveyId" in job ? job.surveyId : job.kind);
          return new Promise<void>((resolve) => void ends.push(resolve));
        },
      },
      { sweepEveryMs: 60_000, concurrency: 3 },
    );
    await expect.poll(() => begun.length).toBe(3);
    let hasStopped = false;
    const stopping = worker.stop({ timeoutMs: 60_000 }).then(() => {
      hasStopped = true;
    });
    for (const end of ends.splice(0, 2)) end();
    // Both places are free, and are left free as long as the third is taken.
    await expect.poll(() => queue.getActiveCount()).toBe(1);
    expect([begun.length, hasStopped]).toEqual([3, false]);
    for (const end of ends) end();
    await stopping;
    expect(begun).toHaveLength(3);
    await other.start();
    await expect.poll(() => other.ran.length).toBe(47);
    expect([...begun, ...other.ran].toSorted()).toEqual(surveys.toSorted());
  });

  test("whose handler rejects or throws logs the job, is done with it, and goes on", async () => {
    const prefix = aPrefix();
    const client = new Redis(inject("redisUrl") ?? "");
    onTestFinished(() => client.disconnect());
    const desk = aScheduler({ connection: client, prefix });
    const queue = new Queue("wake-ups", { connection: client, prefix });
    onTestFinished(() => queue.close());
    const ran: string[] = [];
    await desk.scheduler.start(
      {
        sweep: async () => {},
        run: (job) => {
          const surveyId = "surveyId" in job ? job.surveyId : job.kind;
          ran.push(surveyId);
          if (surveyId === "throws") throw new Error("thrown by a handler");
          if (surveyId === "rejects") return Promise.reject(new TypeError("ada@example.com is wrong"));
          return Promise.resolve();
        },
      },
      { sweepEveryMs: 60_000, concurrency: 1 },
    );
    await desk.scheduler.schedule(["throws", "rejects", "fine"].map((surveyId) => wakeUp(surveyId)));
    await expect.poll(() => ran.toSorted()).toEqual(["fine", "rejects", "throws"]);
    await expect.poll(() => queue.getJobCountByTypes("active", "waiting", "delayed", "failed")).toBe(0);
    const message = "A job failed. The sweep will find its work again.";
    const told = desk.lines.map(({ level, fields, message: said }) => [
      level,
      fields.workspaceId,
      fields.surveyId,
      fields.error,
      said,
    ]);
    expect(told.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      ["error", "acme", "rejects", "TypeError", message],
      ["error", "acme", "throws", "Error: thrown by a handler", message],
    ]);
  });
});
