import type { Job, Scheduler } from "@csat/core";
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
  {
    title: "the name of an event's job lacks the workspace",
    caughtBy: "scheduler/schedule/equal-ids-in-two-workspaces",
    plant: (scheduler) => {
      const pending = new Map<string, Job>();
      const nameOf = (job: Job) =>
        job.kind === "deliver_event" ? `${job.eventId} ${job.attempt}` : JSON.stringify(job);
      return {
        ...scheduler,
        schedule: async (wakeUps) => {
          for (const wakeUp of wakeUps) {
            const before = pending.get(nameOf(wakeUp.job));
            if (before !== undefined) await scheduler.cancel([before]);
            pending.set(nameOf(wakeUp.job), wakeUp.job);
            await scheduler.schedule([wakeUp]);
          }
        },
      };
    },
  },
  {
    title: "after a job that rejected, a stop rejects and the worker goes on",
    caughtBy: "scheduler/stop/what-the-handlers-do-wrong",
    plant: starting((start) => async ({ run, sweep }, options) => {
      let failure: Error | undefined;
      const noted: typeof run = async (job, signal) => {
        try {
          await run(job, signal);
        } catch {
          failure = new Error("a job failed");
        }
      };
      const running = await start({ run: noted, sweep }, options);
      return {
        stop: async (given) => {
          if (failure !== undefined) throw failure;
          await running.stop(given);
        },
      };
    }),
  },
  {
    title: "a sweep that outlasts its period is the last",
    caughtBy: "scheduler/sweep/longer-than-its-period",
    plant: (scheduler) => ({
      ...scheduler,
      start: ({ run, sweep }, options) => {
        let slow = 0;
        return scheduler.start(
          {
            run,
            sweep: async (signal) => {
              if (slow > 0) return;
              let isOver = false;
              const sweeping = sweep(signal).finally(() => {
                isOver = true;
              });
              // What has not ended within a few turns outlasts any period of these cases.
              for (let turn = 0; turn < 50; turn++) await Promise.resolve();
              if (!isOver) slow += 1;
              await sweeping;
            },
          },
          options,
        );
      },
    }),
  },
  {
    title: "a stop waits for a sweep that hangs",
    caughtBy: "scheduler/stop/while-a-sweep-hangs",
    plant: starting((start) => async ({ run, sweep }, options) => {
      let sweeping: Promise<void> = Promise.resolve();
      const running = await start(
        {
          run,
          sweep: (signal) => {
            sweeping = sweep(signal);
            return sweeping;
          },
        },
        options,
      );
      return {
        stop: async (given) => {
          await running.stop(given);
          await sweeping;
        },
      };
    }),
  },
];
