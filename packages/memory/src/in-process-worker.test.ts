import type { Job, LogFields } from "@csat/core";
import { CsatError, silentLogger } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { inProcessScheduler } from "./scheduler.ts";

const job: Job = { kind: "send_survey", workspaceId: "acme", surveyId: "s1", generation: 2, attempt: 3 };
const everyMinute = { sweepEveryMs: 60_000, concurrency: 2 };
const noSweep = async (): Promise<void> => {};

function aWorld() {
  const clock = fakeClock();
  const errors: { fields: LogFields; message: string }[] = [];
  const logger = {
    ...silentLogger,
    error: (fields: LogFields, message: string) => void errors.push({ fields, message }),
  };
  const scheduler = inProcessScheduler({ clock, logger });
  const now = async (given: Job = job) => {
    await scheduler.schedule([{ job: given, runAt: clock.now() }]);
    await clock.advance(0);
  };
  return { clock, scheduler, errors, now };
}

test("the first sweep begins with the start, the others follow in their period", async () => {
  // S16
  const { clock, scheduler } = aWorld();
  const sweeps: string[] = [];
  const sweep = async () => void sweeps.push(clock.now().toISOString().slice(11, 19));
  await scheduler.start({ run: async () => {}, sweep }, everyMinute);
  await clock.advance({ minutes: 3, seconds: 59 });
  expect(sweeps).toEqual(["09:00:00", "09:01:00", "09:02:00", "09:03:00"]);
});

test("a sweep that takes longer than its period is not joined by another", async () => {
  const { clock, scheduler } = aWorld();
  let under = 0;
  let most = 0;
  let sweeps = 0;
  let end = (): void => {};
  const sweep = async () => {
    sweeps++;
    most = Math.max(most, ++under);
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    under--;
  };
  await scheduler.start({ run: async () => {}, sweep }, everyMinute);
  await clock.advance({ minutes: 5 });
  expect([sweeps, most]).toEqual([1, 1]);
  end();
  await clock.advance({ minutes: 1 });
  expect([sweeps, most]).toEqual([2, 1]);
});

test("a sweep that throws is logged, and the next one follows", async () => {
  const { clock, scheduler, errors } = aWorld();
  let sweeps = 0;
  const sweep = () => {
    sweeps++;
    throw new CsatError("storage_failed", "no connection for jane@example.com");
  };
  await scheduler.start({ run: async () => {}, sweep }, everyMinute);
  await clock.advance({ minutes: 2 });
  expect(sweeps).toBe(3);
  expect(errors).toHaveLength(3);
  expect(errors[0]?.fields).toEqual({ error: "storage_failed" });
});

test("a job that throws is logged by its ids alone, and the next ones run", async () => {
  // S29
  const { scheduler, errors, now } = aWorld();
  const ran: number[] = [];
  const run = async ({ attempt }: Job) => {
    ran.push(attempt);
    if (attempt === 3) throw new TypeError("jane@example.com said: secret");
  };
  await scheduler.start({ run, sweep: noSweep }, everyMinute);
  await now();
  await now({ ...job, attempt: 4 });
  expect(ran).toEqual([3, 4]);
  expect(errors.map(({ fields }) => fields)).toEqual([{ ...job, error: "TypeError" }]);
  expect(JSON.stringify(errors)).not.toMatch(/jane|secret/);
});

test("neither a logger that throws nor a job that throws at once ends the worker", async () => {
  const clock = fakeClock();
  const logger = {
    ...silentLogger,
    error: () => {
      throw new Error("disk full");
    },
  };
  const scheduler = inProcessScheduler({ clock, logger });
  let runs = 0;
  const run = () => {
    runs++;
    throw new Error("at once");
  };
  await scheduler.start({ run, sweep: noSweep }, everyMinute);
  for (const attempt of [1, 2, 3])
    await scheduler.schedule([{ job: { ...job, attempt }, runAt: clock.now() }]);
  await clock.advance(1);
  expect(runs).toBe(3);
});

test("scheduling does not run the job within the call", async () => {
  // S9
  const { clock, scheduler } = aWorld();
  const order: string[] = [];
  await scheduler.start({ run: async () => void order.push("job"), sweep: noSweep }, everyMinute);
  const scheduled = scheduler.schedule([{ job, runAt: clock.now() }]);
  order.push("host");
  await scheduled;
  await scheduler.idle();
  expect(order).toEqual(["host", "job"]);
});

test("a stopped worker starts nothing and sweeps no more, and what waits is kept for the next one", async () => {
  const { clock, scheduler, now } = aWorld();
  const seen: string[] = [];
  const workNamed = (name: string) => ({
    run: async () => void seen.push(`${name} ran`),
    sweep: async () => void seen.push(`${name} swept`),
  });
  const first = await scheduler.start(workNamed("first"), everyMinute);
  await clock.advance(0);
  await first.stop();
  await now();
  await clock.advance({ minutes: 5 });
  expect(seen).toEqual(["first swept"]);
  await scheduler.start(workNamed("second"), everyMinute);
  await clock.advance(0);
  expect(seen).toEqual(["first swept", "second ran", "second swept"]);
});

test("a job that ends while its worker stops is not followed by the next", async () => {
  const { clock, scheduler } = aWorld();
  const began: number[] = [];
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async ({ attempt }: Job) => {
    began.push(attempt);
    await ended;
  };
  const running = await scheduler.start({ run, sweep: noSweep }, { ...everyMinute, concurrency: 1 });
  await scheduler.schedule([1, 2].map((attempt) => ({ job: { ...job, attempt }, runAt: clock.now() })));
  await clock.advance(0);
  const stopping = running.stop();
  end();
  await stopping;
  expect(began).toEqual([1]);
});

test("a stopped worker leaves no timer behind that would keep the process alive", async () => {
  const clock = fakeClock();
  const open = new Set<() => void>();
  const scheduler = inProcessScheduler({
    clock: {
      now: () => clock.now(),
      setTimer: (run, delayMs) => {
        const callOff = clock.setTimer(run, delayMs);
        open.add(callOff);
        return () => {
          open.delete(callOff);
          callOff();
        };
      },
    },
  });
  const running = await scheduler.start({ run: async () => {}, sweep: noSweep }, everyMinute);
  await scheduler.schedule([{ job, runAt: new Date(clock.now().getTime() + 30_000) }]);
  expect(open.size).toBe(2);
  await running.stop();
  expect(open.size).toBe(0);
});

test("a second worker is refused until the first was told to stop", async () => {
  const { scheduler } = aWorld();
  const work = { run: async () => {}, sweep: noSweep };
  const first = await scheduler.start(work, everyMinute);
  await expect(scheduler.start(work, everyMinute)).rejects.toMatchObject({ code: "invalid_config" });
  await first.stop();
  const second = await scheduler.start(work, everyMinute);
  // A late second stop of the first does not free the place of the second.
  await first.stop();
  await expect(scheduler.start(work, everyMinute)).rejects.toMatchObject({ code: "invalid_config" });
  await second.stop();
});

test.each(["job", "sweep"] as const)(
  "stopping waits for a running %s and does not abort it in time",
  async (what) => {
    const { clock, scheduler, now } = aWorld();
    let end = (): void => {};
    let aborted: boolean | undefined;
    const slow = async (signal: AbortSignal) => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      aborted = signal.aborted;
    };
    const work =
      what === "job"
        ? { run: (_: Job, signal: AbortSignal) => slow(signal), sweep: noSweep }
        : { run: async () => {}, sweep: slow };
    const running = await scheduler.start(work, everyMinute);
    await now();
    let isStopped = false;
    const stopping = running.stop({ timeoutMs: 5000 }).then(() => {
      isStopped = true;
    });
    await clock.advance(4999);
    expect([isStopped, aborted]).toEqual([false, undefined]);
    end();
    await stopping;
    expect(aborted).toBe(false);
  },
);

test("stopping aborts what is still running after its patience, and ends", async () => {
  const { clock, scheduler, now } = aWorld();
  let signal: AbortSignal | undefined;
  const run = (_: Job, given: AbortSignal) => {
    signal = given;
    return new Promise<void>(() => {});
  };
  const running = await scheduler.start({ run, sweep: noSweep }, everyMinute);
  await now();
  const stopping = running.stop({ timeoutMs: 5000 });
  await clock.advance(4999);
  expect(signal?.aborted).toBe(false);
  await clock.advance(1);
  await stopping;
  expect(signal?.aborted).toBe(true);
});

test("stopping without patience aborts at once", async () => {
  const { scheduler, now } = aWorld();
  let signal: AbortSignal | undefined;
  const run = (_: Job, given: AbortSignal) => {
    signal = given;
    return new Promise<void>(() => {});
  };
  const running = await scheduler.start({ run, sweep: noSweep }, everyMinute);
  await now();
  await running.stop({ timeoutMs: 0 });
  expect(signal?.aborted).toBe(true);
});

test("a stop with a wrong time is refused and stops nothing", async () => {
  const { scheduler, now } = aWorld();
  let runs = 0;
  const running = await scheduler.start({ run: async () => void runs++, sweep: noSweep }, everyMinute);
  await expect(running.stop({ timeoutMs: -1 })).rejects.toMatchObject({ code: "invalid_config" });
  await now();
  expect(runs).toBe(1);
  await running.stop();
});
