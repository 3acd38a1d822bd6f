import { expectEqual, expectTrue } from "../assertions.ts";
import type { SchedulerCase } from "../case.ts";
import { aGate, aJob, inMs, until, withWorker } from "./worker.ts";

/** How a worker works: side by side, undisturbed by failures, sweeping. */
export const workCases: readonly SchedulerCase[] = [
  {
    id: "scheduler/concurrency/bound",
    rule: "Up to `concurrency` jobs run at once, never more, and the others follow as places become free.",
    async run(fixture) {
      const gates = Array.from({ length: 7 }, aGate);
      const runAt = inMs({ fixture, ms: 10 });
      let started = 0;
      let running = 0;
      let most = 0;
      await withWorker({
        fixture,
        concurrency: 3,
        run: async () => {
          const gate = gates[started++];
          running++;
          most = Math.max(most, running);
          await gate?.opened;
          running--;
        },
        during: async () => {
          try {
            await fixture.scheduler.schedule(gates.map(() => ({ job: aJob(), runAt })));
            await until({ fixture, holds: () => running === 3, what: "three jobs at once" });
            await fixture.advance(200);
            expectEqual(started, 3, "jobs started while three run");
            for (const [index, gate] of gates.entries()) {
              gate.open();
              const next = Math.min(7, 4 + index);
              await until({ fixture, holds: () => started === next, what: `${next} jobs started` });
            }
            await until({ fixture, holds: () => running === 0, what: "the end of all jobs" });
          } finally {
            for (const gate of gates) gate.open();
          }
          expectEqual([started, most], [7, 3], "jobs started in all, and at most at once");
        },
      });
    },
  },
  {
    id: "scheduler/failure/one-job-fails",
    rule: "A job that rejects or throws takes nothing along: all others are handed over, and later ones too.",
    async run(fixture) {
      const jobs = Array.from({ length: 6 }, (_, index) => aJob({ attempt: index }));
      const runAt = inMs({ fixture, ms: 20 });
      await withWorker({
        fixture,
        concurrency: 2,
        run: (job) => {
          if (job.attempt % 3 === 0) throw new Error("thrown by the handler");
          return job.attempt % 3 === 1 ? Promise.reject(new Error("rejected")) : Promise.resolve();
        },
        during: async () => {
          await fixture.scheduler.schedule(jobs.map((job) => ({ job, runAt })));
          const seen = () => new Set(fixture.delivered.map(({ attempt }) => attempt));
          await until({ fixture, holds: () => seen().size === 6, what: "all six jobs" });
          await fixture.scheduler.schedule([{ job: aJob({ attempt: 8 }), runAt: inMs({ fixture, ms: 20 }) }]);
          await until({ fixture, holds: () => seen().has(8), what: "a job after the failures" });
        },
      });
    },
  },
  {
    id: "scheduler/sweep/again-and-again",
    rule: "The sweep is called every `sweepEveryMs`, without any job, and also when there are some.",
    async run(fixture) {
      let sweeps = 0;
      await withWorker({
        fixture,
        sweepEveryMs: 100,
        sweep: async () => void sweeps++,
        during: async () => {
          await until({ fixture, holds: () => sweeps >= 3, what: "three sweeps" });
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 10 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length === 1, what: "the job" });
          const before = sweeps;
          await until({ fixture, holds: () => sweeps >= before + 2, what: "two sweeps after a job" });
        },
      });
    },
  },
  {
    id: "scheduler/sweep/not-more-often",
    rule: "The sweep is called once at the start at most, and then once per `sweepEveryMs`.",
    async run(fixture) {
      let sweeps = 0;
      await withWorker({
        fixture,
        sweepEveryMs: 60_000,
        sweep: async () => void sweeps++,
        during: async () => {
          await fixture.advance(1000);
          expectTrue(sweeps <= 1, "a second of a minute brings one sweep at most");
        },
      });
    },
  },
  {
    id: "scheduler/sweep/goes-on-after-a-failure",
    rule: "A sweep that rejects or throws is followed by the next one, and jobs go on.",
    async run(fixture) {
      let sweeps = 0;
      await withWorker({
        fixture,
        sweepEveryMs: 50,
        sweep: () => {
          sweeps++;
          if (sweeps % 2 === 0) throw new Error("thrown by the sweep");
          return Promise.reject(new Error("rejected"));
        },
        during: async () => {
          await until({ fixture, holds: () => sweeps >= 5, what: "five sweeps" });
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 10 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length === 1, what: "a job after them" });
        },
      });
    },
  },
  {
    id: "scheduler/sweep/longer-than-its-period",
    rule: "A sweep that takes several periods is not the last: when it has ended others follow, again and again.",
    async run(fixture) {
      const gates = Array.from({ length: 3 }, aGate);
      let begun = 0;
      let ended = 0;
      await withWorker({
        fixture,
        sweepEveryMs: 50,
        sweep: async () => {
          const gate = gates[begun++];
          await gate?.opened;
          ended++;
        },
        during: async () => {
          try {
            for (const [place, gate] of gates.entries()) {
              await until({ fixture, holds: () => begun > place, what: `sweep ${place + 1}` });
              await fixture.advance(160);
              gate.open();
              await until({ fixture, holds: () => ended > place, what: `the end of sweep ${place + 1}` });
            }
            const before = ended;
            await until({
              fixture,
              holds: () => ended >= before + 2,
              what: "two sweeps after the long ones",
            });
          } finally {
            for (const gate of gates) gate.open();
          }
        },
      });
    },
  },
  {
    id: "scheduler/sweep/beside-hanging-jobs",
    rule: "Sweeps go on while every place is taken by a job that hangs, and jobs go on while a sweep hangs.",
    async run(fixture) {
      const [job, sweep] = [aGate(), aGate()];
      let sweeps = 0;
      await withWorker({
        fixture,
        concurrency: 1,
        sweepEveryMs: 50,
        run: () => job.opened,
        sweep: async () => {
          sweeps++;
          if (sweeps >= 4) await sweep.opened;
        },
        during: async () => {
          try {
            await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
            await until({ fixture, holds: () => fixture.delivered.length === 1, what: "the hanging job" });
            await until({ fixture, holds: () => sweeps >= 4, what: "sweeps beside it" });
            job.open();
            await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
            await until({
              fixture,
              holds: () => fixture.delivered.length === 2,
              what: "a job beside a sweep",
            });
          } finally {
            job.open();
            sweep.open();
          }
        },
      });
    },
  },
];
