import type { Job } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { uniqueId } from "../builders.ts";
import type { SchedulerCase } from "../case.ts";
import { aJob, inMs, presentOf, until, withWorker } from "./worker.ts";

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1000;
const aDayMs = thirtyDaysMs / 30;

/** Jobs at their time. */
export const deliverCases: readonly SchedulerCase[] = [
  {
    id: "scheduler/deliver/at-or-after-its-time",
    rule: "A job is handed over at its time or later, never before, whatever was scheduled first.",
    async run(fixture) {
      const [late, soon] = [aJob(), aJob()];
      const lateAt = inMs({ fixture, ms: 2000 });
      const soonAt = inMs({ fixture, ms: 1000 });
      const times = new Map<Job, Date>();
      await withWorker({
        fixture,
        run: async (job) => void times.set(job, presentOf(fixture)),
        during: async () => {
          await fixture.scheduler.schedule([
            { job: late, runAt: lateAt },
            { job: soon, runAt: soonAt },
          ]);
          await fixture.advance(300);
          // On real time a slow machine may be past their times by now.
          if (presentOf(fixture) < soonAt) {
            expectEqual(fixture.delivered, [], "jobs handed over before their time");
          }
          await until({ fixture, holds: () => fixture.delivered.length >= 1, what: "the first job" });
          expectEqual(fixture.delivered[0], soon, "the job handed over first");
          await until({ fixture, holds: () => fixture.delivered.length >= 2, what: "the second job" });
          expectEqual(fixture.delivered, [soon, late], "jobs handed over");
        },
      });
      const handedOver = [...times.values()];
      for (const [index, runAt] of [soonAt, lateAt].entries()) {
        expectTrue((handedOver[index] ?? new Date(0)) >= runAt, "no job ran before its time");
      }
    },
  },
  {
    id: "scheduler/deliver/times-that-are-past",
    rule: "A job whose time is now or past is handed over at once.",
    async run(fixture) {
      const [past, now] = [aJob(), aJob()];
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule([
            { job: past, runAt: inMs({ fixture, ms: -thirtyDaysMs }) },
            { job: now, runAt: inMs({ fixture, ms: 0 }) },
          ]);
          await until({ fixture, holds: () => fixture.delivered.length >= 2, what: "both jobs" });
          expectEqual(new Set(fixture.delivered), new Set([past, now]), "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/deliver/scheduled-before-the-start",
    rule: "Jobs that were scheduled before a worker started are handed over once one has.",
    async run(fixture) {
      const job = aJob();
      await fixture.scheduler.schedule([{ job, runAt: inMs({ fixture, ms: 50 }) }]);
      await fixture.advance(100);
      expectEqual(fixture.delivered, [], "jobs handed over without a worker");
      await withWorker({
        fixture,
        during: () => until({ fixture, holds: () => fixture.delivered.length === 1, what: "the job" }),
      });
      expectEqual(fixture.delivered, [job], "jobs handed over");
    },
  },
  {
    id: "scheduler/deliver/a-thousand-in-one-call",
    rule: "A batch of 1,000 is taken in one call and handed over whole, each job once.",
    async run(fixture) {
      const jobs = Array.from({ length: 1000 }, (_, index) => aJob({ surveyId: `survey-${index}` }));
      const runAt = inMs({ fixture, ms: 100 });
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule(jobs.map((job) => ({ job, runAt })));
          await until({ fixture, holds: () => fixture.delivered.length >= 1000, what: "all 1,000 jobs" });
          expectEqual(fixture.delivered.length, 1000, "jobs handed over");
          expectEqual(new Set(fixture.delivered.map(nameOf)), new Set(jobs.map(nameOf)), "the jobs");
        },
      });
    },
  },
  {
    id: "scheduler/deliver/jobs-of-any-name",
    rule: "Jobs come back field by field, whatever their ids look like.",
    async run(fixture) {
      const ids = ["1", "12345", "a:b:c", "a/b", " ", "%", "*", "{}", "constructor", "__proto__"];
      const more = ["null", `'"\\`, "😀", "تذكرة", "é", "e\u0301", "x".repeat(200), "漢".repeat(200)];
      const jobs = [...ids, ...more].flatMap((id): Job[] => [
        { kind: "send_survey", workspaceId: id, surveyId: id, generation: 12, attempt: 3 },
        { kind: "deliver_event", workspaceId: id, eventId: id, attempt: 0 },
      ]);
      const runAt = inMs({ fixture, ms: 50 });
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule(jobs.map((job) => ({ job, runAt })));
          await until({
            fixture,
            holds: () => fixture.delivered.length >= jobs.length,
            what: `all ${jobs.length} jobs`,
          });
          expectEqual(new Set(fixture.delivered), new Set(jobs), "the jobs");
          expectEqual(fixture.delivered.length, jobs.length, "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/deliver/signal",
    rule: "A job and a sweep get a signal that is not aborted while the worker runs.",
    async run(fixture) {
      const aborted: boolean[] = [];
      const note = (signal: AbortSignal) => aborted.push(signal.aborted);
      await withWorker({
        fixture,
        sweepEveryMs: 50,
        run: async (_, signal) => void note(signal),
        sweep: async (signal) => void note(signal),
        during: async () => {
          await fixture.scheduler.schedule([{ job: aJob(), runAt: inMs({ fixture, ms: 10 }) }]);
          await until({
            fixture,
            holds: () => aborted.length >= 2 && fixture.delivered.length === 1,
            what: "a job and a sweep",
          });
          expectTrue(
            aborted.every((one) => !one),
            "no signal is aborted",
          );
        },
      });
    },
  },
  {
    id: "scheduler/delay/a-month-away-is-not-early",
    rule: "A job that is 30 days away is not handed over at once, though timers of the platform end at 24.8 days.",
    async run(fixture) {
      const [job, marker] = [aJob(), aJob()];
      await withWorker({
        fixture,
        during: async () => {
          await fixture.scheduler.schedule([
            { job, runAt: inMs({ fixture, ms: thirtyDaysMs }) },
            { job: marker, runAt: inMs({ fixture, ms: 100 }) },
          ]);
          await until({ fixture, holds: () => fixture.delivered.length > 0, what: "the job that is due" });
          await fixture.advance(200);
          expectEqual(fixture.delivered, [marker], "jobs handed over");
        },
      });
    },
  },
  {
    id: "scheduler/delay/a-month-away-comes",
    rule: "A job that is 30 days away is handed over when they have passed.",
    async run(fixture) {
      const job = aJob({ surveyId: uniqueId("survey") });
      await withWorker({
        fixture,
        sweepEveryMs: aDayMs,
        during: async () => {
          await fixture.scheduler.schedule([{ job, runAt: inMs({ fixture, ms: thirtyDaysMs }) }]);
          await fixture.advance(thirtyDaysMs - 1000);
          expectEqual(fixture.delivered, [], "jobs handed over a second before");
          await fixture.advance(1000);
          await until({ fixture, holds: () => fixture.delivered.length > 0, what: "the job" });
          expectEqual(fixture.delivered, [job], "jobs handed over");
        },
      });
    },
  },
];

function nameOf(job: Job): string {
  if (job.kind === "send_surveys") return job.batchId;
  return job.kind === "send_survey" ? job.surveyId : job.eventId;
}
