import { expectEqual, expectTrue } from "../assertions.ts";
import type { SchedulerCase } from "../case.ts";
import { aGate, aJob, inMs, until, withWorker } from "./worker.ts";

/** Ending a worker. */
export const stopCases: readonly SchedulerCase[] = [
  {
    id: "scheduler/stop/waits-for-running-jobs",
    rule: "A stop resolves when the running jobs have ended, and aborts none that ends in time.",
    async run(fixture) {
      const gate = aGate();
      let ended = false;
      let wasAborted = true;
      await withWorker({
        fixture,
        run: async (_, signal) => {
          await gate.opened;
          wasAborted = signal.aborted;
          ended = true;
        },
        during: async (running) => {
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length === 1, what: "the job" });
          let stopped = false;
          const stopping = running.stop({ timeoutMs: 60_000 }).then(() => {
            stopped = true;
          });
          await fixture.advance(100);
          expectEqual([stopped, ended], [false, false], "stopped and ended while the job runs");
          gate.open();
          await until({ fixture, holds: () => stopped, what: "the end of the stop" });
          await stopping;
          expectEqual([ended, wasAborted], [true, false], "ended, and aborted");
        },
      });
    },
  },
  {
    id: "scheduler/stop/loses-its-patience",
    rule: "When `timeoutMs` is over, the signal of a job that still runs is aborted, and the stop resolves though the job never ends.",
    async run(fixture) {
      const gate = aGate();
      let signal: AbortSignal | undefined;
      await withWorker({
        fixture,
        run: async (_, given) => {
          signal = given;
          await gate.opened;
        },
        during: async (running) => {
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length === 1, what: "the job" });
          expectEqual(signal?.aborted, false, "aborted before the stop");
          let stopped = false;
          const stopping = running.stop({ timeoutMs: 1 }).then(() => {
            stopped = true;
          });
          await until({ fixture, holds: () => signal?.aborted === true, what: "the abort" });
          await until({ fixture, holds: () => stopped, what: "the end of the stop" });
          await stopping;
          gate.open();
        },
      });
    },
  },
  {
    id: "scheduler/stop/what-the-handlers-do-wrong",
    rule: "A stop resolves after jobs and sweeps that rejected or threw, before it and while it waits, and nothing begins afterwards.",
    async run(fixture) {
      const gate = aGate();
      let sweeps = 0;
      const failing = (place: number) => {
        if (place % 2 === 0) throw new Error("thrown by a handler");
        return Promise.reject(new Error("rejected by a handler"));
      };
      await withWorker({
        fixture,
        sweepEveryMs: 50,
        sweep: () => failing(sweeps++),
        run: async (job) => {
          if (job.attempt === 2) await gate.opened;
          return failing(job.attempt);
        },
        during: async (running) => {
          const runAt = inMs({ fixture, ms: 0 });
          await fixture.scheduler.schedule([0, 1, 2].map((attempt) => ({ job: aJob({ attempt }), runAt })));
          const attempts = () => new Set(fixture.delivered.map(({ attempt }) => attempt));
          await until({
            fixture,
            holds: () => attempts().size === 3 && sweeps >= 2,
            what: "jobs and sweeps",
          });
          let stopped = false;
          const stopping = running.stop({ timeoutMs: 60_000 }).then(() => {
            stopped = true;
          });
          // Its failure is reported below; here it must not count as unhandled.
          stopping.catch(() => {});
          await fixture.advance(100);
          gate.open();
          await until({ fixture, holds: () => stopped, what: "the end of the stop" });
          await stopping;
          const before = [fixture.delivered.length, sweeps];
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
          await fixture.advance(300);
          expectEqual([fixture.delivered.length, sweeps], before, "jobs and sweeps after the stop");
        },
      });
    },
  },
  {
    id: "scheduler/stop/while-a-sweep-hangs",
    rule: "A stop that loses its patience with a sweep aborts its signal and resolves, though the sweep never ends.",
    async run(fixture) {
      const gate = aGate();
      const signals: AbortSignal[] = [];
      await withWorker({
        fixture,
        sweepEveryMs: 50,
        sweep: async (signal) => {
          signals.push(signal);
          await gate.opened;
        },
        during: async (running) => {
          await until({ fixture, holds: () => signals.length > 0, what: "a sweep" });
          let stopped = false;
          const stopping = running.stop({ timeoutMs: 1 }).then(() => {
            stopped = true;
          });
          await until({ fixture, holds: () => stopped, what: "the end of the stop" });
          await stopping;
          expectTrue(
            signals.every(({ aborted }) => aborted),
            "the signal of the sweep is aborted",
          );
          gate.open();
        },
      });
    },
  },
  {
    id: "scheduler/stop/nothing-new",
    rule: "A stopped worker takes no job and makes no sweep any more, not even one that became due before.",
    async run(fixture) {
      let sweeps = 0;
      await withWorker({
        fixture,
        sweepEveryMs: 50,
        sweep: async () => void sweeps++,
        during: async (running) => {
          await until({ fixture, holds: () => sweeps > 0, what: "a sweep" });
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 1000 }) }]);
          await running.stop();
          // On real time a slow machine may have taken a second for the stop.
          const before = [...fixture.delivered, sweeps];
          await fixture.advance(1500);
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
          await fixture.advance(200);
          expectEqual([...fixture.delivered, sweeps], before, "jobs and sweeps after the stop");
        },
      });
    },
  },
  {
    id: "scheduler/stop/started-again",
    rule: "After a stop another worker can be started, which gets the jobs scheduled from then on.",
    async run(fixture) {
      await withWorker({ fixture, during: (running) => running.stop() });
      const job = aJob();
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule([{ job, runAt: inMs({ fixture, ms: 50 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length > 0, what: "the job" });
        },
      });
      expectTrue(fixture.delivered.length === 1, "the job is handed over once");
    },
  },
];
