import { CsatError } from "@csat/core";
import { expect, test } from "vitest";
import { bullmqScheduler } from "./index.ts";

const connection = "redis://localhost:6379";

function thrownBy(options: unknown): unknown {
  try {
    // What a host without type checks may pass.
    Reflect.apply(bullmqScheduler, undefined, [options]);
  } catch (error) {
    return error;
  }
  return null;
}

test.each([
  [undefined, "connection"],
  [{}, "connection"],
  [{ connection: "http://localhost" }, "connection"],
  [{ connection: "redis://" }, "connection"],
  [{ connection: 6379 }, "connection"],
  [{ connection: { host: "localhost", keyPrefix: "a:" } }, "connection"],
  [{ connection: { cluster: [] } }, "connection"],
  [{ connection: { cluster: "redis://localhost" } }, "connection"],
  [{ connection: { cluster: [7000], keyPrefix: "a:" } }, "connection"],
  [{ connection: { cluster: [7000], redisOptions: { keyPrefix: "a:" } } }, "connection"],
  [{ connection, prefix: "" }, "prefix"],
  [{ connection, queueName: "a:b" }, "queueName"],
  [{ connection, queueName: "" }, "queueName"],
  [{ connection, timeoutMs: 0 }, "timeoutMs"],
  [{ connection, timeoutMs: 1.5 }, "timeoutMs"],
  [{ connection, timeoutMs: 60_001 }, "timeoutMs"],
  [{ connection, clock: {} }, "clock"],
  [{ connection, logger: { info() {} } }, "logger"],
])("wrong options are refused at start-up: %j", (options, path) => {
  expect(thrownBy(options)).toMatchObject({ code: "invalid_config", issues: [{ path }] });
});

test("all wrong options are named at once, and no password is", () => {
  const error = thrownBy({ connection: "rediss//csat:hunter2@redis.example", prefix: 1, timeoutMs: -1 });
  expect(error).toBeInstanceOf(CsatError);
  expect(String(error)).toMatch(/connection must be .+; prefix must be .+; timeoutMs must be /);
  expect(JSON.stringify(error) + String(error)).not.toContain("hunter2");
});

test("a scheduler that is never used opens no connection", async () => {
  for (const way of [
    connection,
    { host: "redis.invalid", port: 1 },
    { cluster: [{ host: "redis.invalid", port: 1 }] },
  ]) {
    await bullmqScheduler({ connection: way, prefix: "{csat}", timeoutMs: 60_000 }).close();
  }
});

test("a start with wrong numbers is refused, and so is one after close", async () => {
  const scheduler = bullmqScheduler({ connection });
  const work = { run: async () => {}, sweep: async () => {} };
  for (const wrong of [
    { sweepEveryMs: 0, concurrency: 1 },
    { sweepEveryMs: Number.NaN, concurrency: 1 },
    { sweepEveryMs: 1, concurrency: 0 },
    { sweepEveryMs: 1, concurrency: 1.5 },
  ]) {
    await expect(scheduler.start(work, wrong)).rejects.toMatchObject({ code: "invalid_config" });
  }
  await scheduler.close();
  await expect(scheduler.start(work, { sweepEveryMs: 1, concurrency: 1 })).rejects.toMatchObject({
    code: "invalid_config",
  });
  await expect(scheduler.cancel([])).rejects.toMatchObject({ code: "scheduler_unavailable" });
});

test("a wake-up without a valid time is refused", async () => {
  const scheduler = bullmqScheduler({ connection });
  const job = { kind: "deliver_event", workspaceId: "acme", eventId: "e1", attempt: 0 } as const;
  await expect(scheduler.schedule([{ job, runAt: new Date(Number.NaN) }])).rejects.toMatchObject({
    code: "invalid_input",
  });
  await scheduler.close();
});
