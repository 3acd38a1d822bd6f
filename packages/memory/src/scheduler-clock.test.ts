import type { Clock, Job } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { inProcessScheduler } from "./scheduler.ts";

const job: Job = { kind: "deliver_event", workspaceId: "acme", eventId: "e1", attempt: 1 };
const inTwoDays = new Date("2026-03-03T12:00:00.000Z");
const rarely = { sweepEveryMs: 86_400_000, concurrency: 1 };

async function aWaitingJob() {
  const clock = fakeClock("2026-03-01T12:00:00.000Z");
  const scheduler = inProcessScheduler({ clock });
  let runs = 0;
  await scheduler.start({ run: async () => void runs++, sweep: async () => {} }, rarely);
  await scheduler.schedule([{ job, runAt: inTwoDays }]);
  await clock.advance(0);
  return { clock, scheduler, runs: () => runs };
}

test("a job that is due by a clock that was moved runs at the next recheck", async () => {
  const { clock, scheduler, runs } = await aWaitingJob();
  clock.set(inTwoDays);
  expect(runs()).toBe(0);
  scheduler.recheck();
  await scheduler.idle();
  expect(runs()).toBe(1);
});

test("without a recheck a moved clock is noticed within a minute", async () => {
  const { clock, runs } = await aWaitingJob();
  clock.set(inTwoDays);
  await clock.advance({ minutes: 1 });
  expect(runs()).toBe(1);
});

test("a clock that was moved back makes a job wait for its time again", async () => {
  const { clock, runs } = await aWaitingJob();
  await clock.advance({ hours: 47 });
  clock.set("2026-03-01T12:00:00.000Z");
  await clock.advance({ hours: 47 });
  expect(runs()).toBe(0);
  await clock.advance({ hours: 1 });
  expect(runs()).toBe(1);
});

test("a clock without timers of its own is looked at when work comes or a recheck asks", async () => {
  let now = new Date("2026-03-01T12:00:00.000Z");
  const clock: Clock = { now: () => now };
  const scheduler = inProcessScheduler({ clock });
  let runs = 0;
  const worker = await scheduler.start({ run: async () => void runs++, sweep: async () => {} }, rarely);
  await scheduler.schedule([{ job, runAt: inTwoDays }]);
  await scheduler.idle();
  expect(runs).toBe(0);
  now = inTwoDays;
  scheduler.recheck();
  await scheduler.idle();
  expect(runs).toBe(1);
  await worker.stop();
});

test("idle waits for what running jobs started in their place", async () => {
  const clock = fakeClock();
  const scheduler = inProcessScheduler({ clock });
  const ended: number[] = [];
  await scheduler.start(
    {
      run: async ({ attempt }) => {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        ended.push(attempt);
      },
      sweep: async () => {},
    },
    { sweepEveryMs: 60_000, concurrency: 1 },
  );
  await scheduler.schedule([1, 2, 3].map((attempt) => ({ job: { ...job, attempt }, runAt: clock.now() })));
  await scheduler.idle();
  expect(ended).toEqual([1, 2, 3]);
});

test.each([
  [null, "object of options"],
  [[], "object of options"],
  [{ clock: {} }, "clock"],
  [{ clock: null }, "clock"],
  [{ logger: { info() {} } }, "debug, warn, error"],
  [{ maxWaiting: 0 }, "maxWaiting"],
  [{ maxWaiting: 1.5 }, "maxWaiting"],
  [{ maxWaiting: Number.NaN }, "maxWaiting"],
])("wrong options are refused and named: %j", (options, named) => {
  // Callers without types pass anything.
  const create = inProcessScheduler as (options: unknown) => unknown;
  expect(() => create(options)).toThrow(
    expect.objectContaining({ code: "invalid_config", message: expect.stringContaining(named) }),
  );
});

test.each([
  [{ sweepEveryMs: 0, concurrency: 1 }, "sweepEveryMs"],
  [{ sweepEveryMs: Number.NaN, concurrency: 1 }, "sweepEveryMs"],
  [{ sweepEveryMs: 1000, concurrency: 0 }, "concurrency"],
  [{ sweepEveryMs: 1000, concurrency: 2.5 }, "concurrency"],
])("a worker with wrong numbers is refused and starts nothing: %j", async (options, named) => {
  const scheduler = inProcessScheduler({ clock: fakeClock() });
  let sweeps = 0;
  const work = { run: async () => {}, sweep: async () => void sweeps++ };
  await expect(scheduler.start(work, options)).rejects.toMatchObject({
    code: "invalid_config",
    message: expect.stringContaining(named),
  });
  await scheduler.idle();
  expect(sweeps).toBe(0);
});
