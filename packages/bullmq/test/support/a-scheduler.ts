import { randomUUID } from "node:crypto";
import type { Job, LogFields, Logger } from "@csat/core";
import { onTestFinished } from "vitest";
import { type BullmqSchedulerOptions, bullmqScheduler } from "../../src/index.ts";

/** A scheduler at work, closed after the test. */
export interface TestScheduler {
  readonly scheduler: ReturnType<typeof bullmqScheduler>;
  /** Survey ids of the jobs that this one ran. */
  readonly ran: readonly string[];
  readonly sweepCount: () => number;
  readonly lines: readonly { readonly level: string; readonly fields: LogFields; readonly message: string }[];
  start(): Promise<void>;
}

/** With a second of patience, so that a busy machine is no outage. */
export function aScheduler(
  options: Partial<BullmqSchedulerOptions> & Pick<BullmqSchedulerOptions, "connection">,
): TestScheduler {
  const lines: { readonly level: string; readonly fields: LogFields; readonly message: string }[] = [];
  const scheduler = bullmqScheduler({
    prefix: aPrefix(),
    timeoutMs: 1_000,
    logger: loggerOf(lines),
    ...options,
  });
  onTestFinished(() => scheduler.close());
  const ran: string[] = [];
  let sweeps = 0;
  return {
    scheduler,
    ran,
    lines,
    sweepCount: () => sweeps,
    async start() {
      await scheduler.start(
        {
          run: async (job) =>
            void ran.push(
              job.kind === "deliver_event" ? job.eventId : "surveyId" in job ? job.surveyId : job.batchId,
            ),
          sweep: async () => void sweeps++,
        },
        { sweepEveryMs: 50, concurrency: 5 },
      );
    },
  };
}

/** Keys that no other test uses. */
export function aPrefix(): string {
  return `csat-test-${randomUUID()}`;
}

/** A wake-up for this survey, now unless told otherwise. */
export function wakeUp(
  surveyId: string,
  runAt: Date = new Date(),
): { readonly job: Job; readonly runAt: Date } {
  return { job: { kind: "send_survey", workspaceId: "acme", surveyId, generation: 1, attempt: 0 }, runAt };
}

function loggerOf(
  lines: { readonly level: string; readonly fields: LogFields; readonly message: string }[],
): Logger {
  const at = (level: string) => (fields: LogFields, message: string) =>
    void lines.push({ level, fields, message });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
