import { AssertionError } from "node:assert";
import type { Job, JobHandler, RunningScheduler, Scheduler } from "@csat/core";
import { uniqueId } from "../builders.ts";
import type { SchedulerFixture } from "../case.ts";

/**
 * Watches a scheduler: `scheduler` is the same one, `delivered` lists every job that it hands to a worker started
 * through it. For harnesses, which need both.
 */
export function recordDeliveries(scheduler: Scheduler): {
  readonly scheduler: Scheduler;
  readonly delivered: readonly Job[];
} {
  const delivered: Job[] = [];
  return {
    delivered,
    scheduler: {
      schedule: (wakeUps) => scheduler.schedule(wakeUps),
      cancel: (jobs) => scheduler.cancel(jobs),
      start: ({ run, sweep }, options) =>
        scheduler.start(
          {
            run: (job, signal) => {
              delivered.push(job);
              return run(job, signal);
            },
            sweep,
          },
          options,
        ),
    },
  };
}

/** What a case's worker does; by default nothing, 10 jobs at once, with a sweep every ten seconds. */
export interface Work {
  readonly fixture: SchedulerFixture;
  readonly run?: JobHandler;
  readonly sweep?: (signal: AbortSignal) => Promise<void>;
  readonly concurrency?: number;
  readonly sweepEveryMs?: number;
  /** The case, while the worker runs. */
  readonly during: (running: RunningScheduler) => Promise<void>;
}

/** Runs a worker for the time of a case, and stops it in any event. */
export async function withWorker({
  fixture,
  run = async () => {},
  sweep = async () => {},
  concurrency = 10,
  sweepEveryMs = 10_000,
  during,
}: Work): Promise<void> {
  const running = await fixture.scheduler.start({ run, sweep }, { sweepEveryMs, concurrency });
  let isStopped = false;
  try {
    await during({
      stop: (options) => {
        isStopped = true;
        return running.stop(options);
      },
    });
  } finally {
    if (!isStopped) await running.stop({ timeoutMs: 0 });
  }
}

/** The time `ms` from the scheduler's present. */
export function inMs({ fixture, ms }: { readonly fixture: SchedulerFixture; readonly ms: number }): Date {
  return new Date(presentOf(fixture).getTime() + ms);
}

/** The scheduler's present. */
export function presentOf(fixture: SchedulerFixture): Date {
  return fixture.now?.() ?? new Date();
}

/** Lets time pass, little by little, until `holds`; rejects when it does not within a minute of the scheduler's time. */
export async function until({
  fixture,
  holds,
  what,
}: {
  readonly fixture: SchedulerFixture;
  readonly holds: () => boolean;
  readonly what: string;
}): Promise<void> {
  for (let step = 0; step < 3_000; step++) {
    if (holds()) return;
    await fixture.advance(20);
  }
  if (holds()) return;
  throw new AssertionError({ message: `did not happen in time: ${what}` });
}

/** A wake-up for a survey that no other case knows. */
export function aJob(given: Partial<Extract<Job, { readonly kind: "send_survey" }>> = {}): Job {
  return {
    kind: "send_survey",
    workspaceId: given.workspaceId ?? "acme",
    surveyId: given.surveyId ?? uniqueId("survey"),
    generation: given.generation ?? 1,
    attempt: given.attempt ?? 0,
  };
}

/** Something to wait for, and what lets the waiting go on. */
export function aGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
