import type { Job } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { inProcessScheduler } from "./scheduler.ts";

const start = "2026-03-01T12:00:00.000Z";
const day = 86_400_000;

function aJob(surveyId: string, attempt = 1): Job {
  return { kind: "send_survey", workspaceId: "acme", surveyId, generation: 1, attempt };
}

function nameOf(job: Job): string {
  return "surveyId" in job ? job.surveyId : "";
}

/** A started scheduler on a fake clock, and the jobs it ran as "name @ milliseconds since the start". */
async function aScheduler(options: { readonly concurrency?: number } = {}) {
  const clock = fakeClock(start);
  const scheduler = inProcessScheduler({ clock });
  const ran: string[] = [];
  const elapsed = () => clock.now().getTime() - Date.parse(start);
  const running = await scheduler.start(
    { run: async (job) => void ran.push(`${nameOf(job)} @ ${elapsed()}`), sweep: async () => {} },
    { sweepEveryMs: 60_000, concurrency: options.concurrency ?? 10 },
  );
  const inMs = (ms: number) => new Date(Date.parse(start) + ms);
  return { clock, scheduler, ran, running, inMs };
}

test("a job runs at its time and not before", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  await scheduler.schedule([{ job: aJob("a"), runAt: inMs(5000) }]);
  await clock.advance(4999);
  expect(ran).toEqual([]);
  await clock.advance(1);
  expect(ran).toEqual(["a @ 5000"]);
  await clock.advance(day);
  expect(ran).toHaveLength(1);
});

test("a job whose time has passed runs without waiting", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  await scheduler.schedule([{ job: aJob("a"), runAt: inMs(-day) }]);
  await clock.advance(0);
  expect(ran).toEqual(["a @ 0"]);
});

test("a job may be months away", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  await scheduler.schedule([{ job: aJob("a"), runAt: inMs(60 * day) }]);
  await clock.advance({ days: 59 });
  expect(ran).toEqual([]);
  await clock.advance({ days: 1 });
  expect(ran).toEqual([`a @ ${60 * day}`]);
});

test("the same job again replaces its earlier time, whether that is sooner or later", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  await scheduler.schedule([
    { job: aJob("sooner"), runAt: inMs(5000) },
    { job: aJob("later"), runAt: inMs(5000) },
  ]);
  await scheduler.schedule([
    { job: aJob("sooner"), runAt: inMs(1000) },
    { job: aJob("later"), runAt: inMs(9000) },
  ]);
  await clock.advance(20_000);
  expect(ran).toEqual(["sooner @ 1000", "later @ 9000"]);
});

test("jobs that differ in one field are different jobs", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  const job = { kind: "send_survey", workspaceId: "acme", surveyId: "a", generation: 1, attempt: 1 } as const;
  const jobs: readonly Job[] = [
    job,
    { ...job, workspaceId: "globex" },
    { ...job, surveyId: "b" },
    { ...job, generation: 2 },
    { ...job, attempt: 2 },
    { kind: "deliver_event", workspaceId: "acme", eventId: "a", attempt: 1 },
    { kind: "deliver_event", workspaceId: "acme", eventId: "a", attempt: 2 },
  ];
  await scheduler.schedule(jobs.map((one) => ({ job: one, runAt: inMs(1000) })));
  await clock.advance(1000);
  expect(ran).toHaveLength(7);
});

test("a canceled job does not run, and canceling one that is unknown does nothing", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  await scheduler.schedule([
    { job: aJob("a"), runAt: inMs(1000) },
    { job: aJob("b"), runAt: inMs(1000) },
  ]);
  await scheduler.cancel([aJob("a"), aJob("unknown")]);
  await clock.advance(1000);
  expect(ran).toEqual(["b @ 1000"]);
});

test("jobs that wait before the start run once there is a worker", async () => {
  const clock = fakeClock(start);
  const scheduler = inProcessScheduler({ clock });
  const ran: string[] = [];
  await scheduler.schedule([{ job: aJob("a"), runAt: clock.now() }]);
  await clock.advance(5000);
  expect(ran).toEqual([]);
  await scheduler.start(
    { run: async (job) => void ran.push(nameOf(job)), sweep: async () => {} },
    { sweepEveryMs: 60_000, concurrency: 1 },
  );
  await clock.advance(0);
  expect(ran).toEqual(["a"]);
});

test("nothing sets a timer before the start, so that waiting jobs do not keep a process alive", async () => {
  const clock = fakeClock(start);
  let timers = 0;
  const scheduler = inProcessScheduler({
    clock: {
      now: () => clock.now(),
      setTimer: (run, delayMs) => {
        timers++;
        return clock.setTimer(run, delayMs);
      },
    },
  });
  await scheduler.schedule([{ job: aJob("a"), runAt: new Date(clock.now().getTime() + 1000) }]);
  scheduler.recheck();
  await scheduler.idle();
  expect(timers).toBe(0);
});

test("the job that is due the longest goes first", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler({ concurrency: 1 });
  await scheduler.schedule([
    { job: aJob("third"), runAt: inMs(-1000) },
    { job: aJob("first"), runAt: inMs(-3000) },
    { job: aJob("second"), runAt: inMs(-2000) },
    { job: aJob("fourth"), runAt: inMs(-1000) },
  ]);
  await clock.advance(0);
  expect(ran.map((line) => line.split(" ")[0])).toEqual(["first", "second", "third", "fourth"]);
});

test("no more jobs run at once than the concurrency allows, and every one gets its turn", async () => {
  const clock = fakeClock(start);
  const scheduler = inProcessScheduler({ clock });
  const open: (() => void)[] = [];
  const began: string[] = [];
  await scheduler.start(
    {
      run: (job) => {
        began.push(nameOf(job));
        return new Promise((resolve) => void open.push(resolve));
      },
      sweep: async () => {},
    },
    { sweepEveryMs: 60_000, concurrency: 2 },
  );
  await scheduler.schedule(["a", "b", "c", "d"].map((name) => ({ job: aJob(name), runAt: clock.now() })));
  await clock.advance(0);
  expect(began).toEqual(["a", "b"]);
  open.shift()?.();
  await clock.advance(0);
  expect(began).toEqual(["a", "b", "c"]);
  for (const end of open) end();
  await clock.advance(0);
  expect(began).toEqual(["a", "b", "c", "d"]);
});

test("a job may schedule itself for its next attempt", async () => {
  const clock = fakeClock(start);
  const scheduler = inProcessScheduler({ clock });
  const attempts: number[] = [];
  await scheduler.start(
    {
      run: async (job) => {
        attempts.push(job.attempt);
        const runAt = new Date(clock.now().getTime() + 60_000);
        if (job.attempt < 3) await scheduler.schedule([{ job: { ...job, attempt: job.attempt + 1 }, runAt }]);
      },
      sweep: async () => {},
    },
    { sweepEveryMs: 60_000, concurrency: 1 },
  );
  await scheduler.schedule([{ job: aJob("a"), runAt: clock.now() }]);
  await clock.advance({ minutes: 10 });
  expect(attempts).toEqual([1, 2, 3]);
});

test("beyond the jobs that may wait the latest ones are dropped, for the sweep to find", async () => {
  const clock = fakeClock(start);
  const scheduler = inProcessScheduler({ clock, maxWaiting: 2 });
  const ran: string[] = [];
  const after = (ms: number) => new Date(Date.parse(start) + ms);
  await scheduler.schedule([
    { job: aJob("late"), runAt: after(3000) },
    { job: aJob("soon"), runAt: after(1000) },
    { job: aJob("next"), runAt: after(2000) },
  ]);
  await scheduler.start(
    { run: async (job) => void ran.push(nameOf(job)), sweep: async () => {} },
    { sweepEveryMs: 60_000, concurrency: 1 },
  );
  await clock.advance(5000);
  expect(ran).toEqual(["soon", "next"]);
});

test("a wake-up without a valid time is refused, and none of its call is kept", async () => {
  const { clock, scheduler, ran, inMs } = await aScheduler();
  const wakeUps = [
    { job: aJob("good"), runAt: inMs(0) },
    { job: aJob("bad"), runAt: new Date("never") },
  ];
  await expect(scheduler.schedule(wakeUps)).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining('survey "bad"'),
  });
  await clock.advance(1000);
  expect(ran).toEqual([]);
});
