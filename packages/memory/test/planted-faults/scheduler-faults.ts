import type { Scheduler } from "@csat/core";
import type { PlantedFault } from "./planted-fault.ts";

type SchedulerFault = PlantedFault<Scheduler>;
type Start = Scheduler["start"];

/** The scheduler with `start` replaced. */
function starting(change: (start: Start) => Start): SchedulerFault["plant"] {
  return (scheduler) => ({ ...scheduler, start: change((work, options) => scheduler.start(work, options)) });
}

/** Mistakes of schedulers. */
export const schedulerFaults: readonly SchedulerFault[] = [
  {
    title: "jobs come half a second early",
    caughtBy: "scheduler/deliver/at-or-after-its-time",
    plant: (scheduler) => ({
      ...scheduler,
      schedule: (wakeUps) =>
        scheduler.schedule(
          wakeUps.map(({ job, runAt }) => ({ job, runAt: new Date(runAt.getTime() - 500) })),
        ),
    }),
  },
  {
    title: "only the first job of a call is scheduled",
    caughtBy: "scheduler/deliver/a-thousand-in-one-call",
    plant: (scheduler) => ({
      ...scheduler,
      schedule: (wakeUps) => scheduler.schedule(wakeUps.slice(0, 1)),
    }),
  },
  {
    title: "what the platform's timers cannot hold fires at once",
    caughtBy: "scheduler/delay/a-month-away-is-not-early",
    plant: (scheduler) => ({
      ...scheduler,
      schedule: (wakeUps) => {
        const soonest = Math.min(...wakeUps.map(({ runAt }) => runAt.getTime()));
        return scheduler.schedule(
          wakeUps.map(({ job, runAt }) => ({
            job,
            runAt: runAt.getTime() - soonest > 2 ** 31 - 1 ? new Date(0) : runAt,
          })),
        );
      },
    }),
  },
  {
    title: "a job that was scheduled before is ignored",
    caughtBy: "scheduler/schedule/again-after-it-ran",
    plant: (scheduler) => {
      const seen = new Set<string>();
      return {
        ...scheduler,
        schedule: (wakeUps) => {
          const fresh = wakeUps.filter(({ job }) => !seen.has(JSON.stringify(job)));
          for (const { job } of fresh) seen.add(JSON.stringify(job));
          return scheduler.schedule(fresh);
        },
      };
    },
  },
  {
    title: "attempts of one survey are one job",
    caughtBy: "scheduler/schedule/every-field-makes-a-job",
    plant: (scheduler) => ({
      ...scheduler,
      schedule: (wakeUps) =>
        scheduler.schedule(wakeUps.map(({ job, runAt }) => ({ job: { ...job, attempt: 1 }, runAt }))),
    }),
  },
  {
    title: "canceling does nothing",
    caughtBy: "scheduler/cancel/never-handed-over",
    plant: (scheduler) => ({ ...scheduler, cancel: async () => {} }),
  },
  {
    title: "the concurrency is ignored",
    caughtBy: "scheduler/concurrency/bound",
    plant: starting((start) => (work, options) => start(work, { ...options, concurrency: 100 })),
  },
  {
    title: "jobs run one after another",
    caughtBy: "scheduler/concurrency/bound",
    plant: starting((start) => (work, options) => start(work, { ...options, concurrency: 1 })),
  },
  {
    title: "there is one sweep only",
    caughtBy: "scheduler/sweep/again-and-again",
    plant: starting((start) => (work, options) => start(work, { ...options, sweepEveryMs: 10_000_000 })),
  },
  {
    title: "a sweep that fails is the last",
    caughtBy: "scheduler/sweep/goes-on-after-a-failure",
    plant: starting((start) => ({ run, sweep }, options) => {
      let hasFailed = false;
      return start(
        {
          run,
          sweep: async (signal) => {
            if (hasFailed) return;
            hasFailed = true;
            await sweep(signal);
          },
        },
        options,
      );
    }),
  },
  {
    title: "a stop does not wait",
    caughtBy: "scheduler/stop/waits-for-running-jobs",
    plant: starting((start) => async (work, options) => {
      const running = await start(work, options);
      return { stop: () => running.stop({ timeoutMs: 0 }) };
    }),
  },
  {
    title: "a stop waits for ever",
    caughtBy: "scheduler/stop/loses-its-patience",
    plant: starting((start) => async (work, options) => {
      const running = await start(work, options);
      return { stop: () => running.stop({ timeoutMs: 10_000_000 }) };
    }),
  },
  {
    title: "a stop leaves the worker running",
    caughtBy: "scheduler/stop/nothing-new",
    plant: starting((start) => async (work, options) => {
      await start(work, options);
      return { stop: async () => {} };
    }),
  },
];
