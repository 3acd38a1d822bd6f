import type { Job } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { uniqueId } from "../builders.ts";
import type { SchedulerCase } from "../case.ts";
import { aGate, aJob, inMs, until, withWorker } from "./worker.ts";

/** Scheduling, replacing and canceling. */
export const scheduleCases: readonly SchedulerCase[] = [
  {
    id: "scheduler/schedule/later-time-replaces",
    rule: "The same job scheduled again for later is handed over at the later time, and once.",
    async run(fixture) {
      const [job, marker] = [aJob(), aJob()];
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule([{ job, runAt: inMs({ fixture, ms: 1500 }) }]);
          await fixture.scheduler.schedule([{ job: { ...job }, runAt: inMs({ fixture, ms: 3000 }) }]);
          await fixture.scheduler.schedule([{ job: marker, runAt: inMs({ fixture, ms: 2000 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length > 0, what: "the job in between" });
          expectEqual(fixture.delivered[0], marker, "the job handed over before the later time");
          await until({ fixture, holds: () => fixture.delivered.length > 1, what: "the job" });
          await fixture.advance(200);
          expectEqual(fixture.delivered, [marker, job], "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/schedule/earlier-time-replaces",
    rule: "The same job scheduled again for an earlier time, its fields in any order, is handed over then, and not once more at the first time.",
    async run(fixture) {
      const surveyId = uniqueId("survey");
      const job = aJob({ surveyId });
      const same: Job = { attempt: 0, generation: 1, surveyId, workspaceId: "acme", kind: "send_survey" };
      const marker = aJob();
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule([
            { job, runAt: inMs({ fixture, ms: 1500 }) },
            { job: marker, runAt: inMs({ fixture, ms: 2000 }) },
          ]);
          await fixture.scheduler.schedule([{ job: same, runAt: inMs({ fixture, ms: 300 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length > 0, what: "the job" });
          expectEqual(fixture.delivered[0], job, "the job handed over at the earlier time");
          await until({ fixture, holds: () => fixture.delivered.length > 1, what: "the last job" });
          expectEqual(fixture.delivered, [job, marker], "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/schedule/every-field-makes-a-job",
    rule: "Jobs that differ in one field are different jobs: none replaces the other.",
    async run(fixture) {
      const base = {
        kind: "send_survey",
        workspaceId: "a",
        surveyId: "s",
        generation: 1,
        attempt: 1,
      } as const;
      const jobs: readonly Job[] = [
        base,
        { ...base, attempt: 2 },
        { ...base, generation: 2 },
        { ...base, surveyId: "t" },
        { ...base, workspaceId: "b" },
        { ...base, generation: 11, attempt: 1 },
        { ...base, generation: 1, attempt: 11 },
        { kind: "send_surveys", workspaceId: "a", batchId: "s", attempt: 0 },
        { kind: "send_surveys", workspaceId: "b", batchId: "s", attempt: 0 },
        { kind: "send_surveys", workspaceId: "a", batchId: "t", attempt: 0 },
        { kind: "deliver_event", workspaceId: "a", eventId: "s", attempt: 1 },
        { kind: "deliver_event", workspaceId: "a", eventId: "s", attempt: 2 },
        { kind: "deliver_event", workspaceId: "a:b", eventId: "c", attempt: 1 },
        { kind: "deliver_event", workspaceId: "a", eventId: "b:c", attempt: 1 },
      ];
      await withWorker({
        fixture,
        during: async () => {
          for (const job of jobs) {
            await fixture.scheduler.schedule([{ job, runAt: inMs({ fixture, ms: 100 }) }]);
          }
          await until({ fixture, holds: () => fixture.delivered.length >= jobs.length, what: "all jobs" });
          expectEqual(new Set(fixture.delivered), new Set(jobs), "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/schedule/equal-ids-in-two-workspaces",
    rule: "Surveys and events of one id in two workspaces are jobs of their own: all are handed over, and a cancel in one workspace leaves those of the other.",
    async run(fixture) {
      const ofWorkspace = (workspaceId: string): readonly Job[] => [
        { kind: "send_survey", workspaceId, surveyId: "same", generation: 1, attempt: 0 },
        { kind: "deliver_event", workspaceId, eventId: "same", attempt: 0 },
      ];
      const [here, there] = [ofWorkspace("acme"), ofWorkspace("globex")];
      const scheduled = (ms: number) =>
        fixture.scheduler.schedule([...here, ...there].map((job) => ({ job, runAt: inMs({ fixture, ms }) })));
      await withWorker({
        fixture,
        during: async () => {
          await scheduled(100);
          await until({ fixture, holds: () => fixture.delivered.length >= 4, what: "the jobs of both" });
          expectEqual(new Set(fixture.delivered), new Set([...here, ...there]), "jobs handed over");
          await scheduled(500);
          await fixture.scheduler.cancel(here);
          await until({ fixture, holds: () => fixture.delivered.length >= 6, what: "the jobs of the other" });
          expectEqual(
            new Set(fixture.delivered.slice(4)),
            new Set(there),
            "jobs handed over after the cancel",
          );
        },
      });
    },
  },
  {
    id: "scheduler/schedule/again-after-it-ran",
    rule: "A job that was handed over can be scheduled again and is handed over again.",
    async run(fixture) {
      const job = aJob();
      await withWorker({
        fixture,
        during: async () => {
          for (const times of [1, 2, 3]) {
            await fixture.scheduler.schedule([{ job, runAt: inMs({ fixture, ms: 50 }) }]);
            await until({
              fixture,
              holds: () => fixture.delivered.length === times,
              what: `the job, ${times} times`,
            });
          }
          expectEqual(fixture.delivered, [job, job, job], "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/schedule/from-inside-a-job",
    rule: "A running job may schedule the next attempt, due at once or later, and is not kept waiting for it.",
    async run(fixture) {
      const attempts = [0, 1, 2, 3].map((attempt) => aJob({ surveyId: "s", attempt }));
      await withWorker({
        fixture,
        concurrency: 1,
        run: async (job) => {
          const next = attempts[job.attempt + 1];
          if (next === undefined) return;
          await fixture.scheduler.schedule([{ job: next, runAt: inMs({ fixture, ms: job.attempt * 100 }) }]);
        },
        during: async () => {
          await fixture.scheduler.schedule(
            attempts.slice(0, 1).map((job) => ({ job, runAt: inMs({ fixture, ms: 10 }) })),
          );
          await until({ fixture, holds: () => fixture.delivered.length >= 4, what: "all four attempts" });
          expectEqual(fixture.delivered, attempts, "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/schedule/while-a-job-hangs",
    rule: "Scheduling and canceling do not wait for running jobs, and nothing to schedule or cancel is no error.",
    async run(fixture) {
      const gate = aGate();
      await withWorker({
        fixture,
        concurrency: 1,
        run: () => gate.opened,
        during: async () => {
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 0 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length === 1, what: "the first job" });
          const second = aJob();
          await fixture.scheduler.schedule([{ job: second, runAt: inMs({ fixture, ms: 10 }) }]);
          await fixture.scheduler.cancel([aJob()]);
          await fixture.scheduler.schedule([]);
          await fixture.scheduler.cancel([]);
          gate.open();
          await until({ fixture, holds: () => fixture.delivered.length === 2, what: "the second job" });
          expectEqual(fixture.delivered.at(-1), second, "the last job handed over");
        },
      });
    },
  },
  {
    id: "scheduler/cancel/never-handed-over",
    rule: "A job that was canceled well before its time is not handed over, others are, and it can be scheduled anew.",
    async run(fixture) {
      const [canceled, kept, marker] = [aJob(), aJob(), aJob()];
      const runAt = inMs({ fixture, ms: 1500 });
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule([
            { job: canceled, runAt },
            { job: kept, runAt },
            { job: marker, runAt: inMs({ fixture, ms: 2000 }) },
          ]);
          await fixture.scheduler.cancel([{ ...canceled }, aJob()]);
          await until({ fixture, holds: () => fixture.delivered.length > 1, what: "the other jobs" });
          expectEqual(fixture.delivered, [kept, marker], "jobs handed over");
          await fixture.scheduler.schedule([{ job: canceled, runAt: inMs({ fixture, ms: 50 }) }]);
          await until({ fixture, holds: () => fixture.delivered.length > 2, what: "the job scheduled anew" });
          expectEqual(fixture.delivered.at(-1), canceled, "the last job handed over");
        },
      });
    },
  },
];
