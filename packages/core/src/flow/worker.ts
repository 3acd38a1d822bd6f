import * as z from "zod/mini";
import type { CsatWorker, RunReport } from "../csat.ts";
import type { Job } from "../ports/scheduler.ts";
import type { Context } from "./context.ts";
import { deliverDueEvents, deliverEvent } from "./deliver-events.ts";
import { sendDueSurveys } from "./send-due-surveys.ts";
import { sweep } from "./sweep.ts";
import { validate } from "./validate.ts";

const defaultConcurrency = 10;
const defaultStopMs = 10_000;

const countSchema = (name: string) =>
  z.optional(
    z.int("must be a whole number").check(z.refine((count) => count >= 1, `${name} must be 1 or more`)),
  );

const workerSchema = z.object({ concurrency: countSchema("concurrency") });
const stopSchema = z.object({
  timeoutMs: z.optional(
    z.custom<number>((ms) => typeof ms === "number" && ms >= 0, "must be milliseconds from 0 on"),
  ),
});
const runSchema = z.object({ limit: countSchema("limit") });

/** Starts working in this process: wake-ups as they come, and a sweep every `sweepEveryMs`. @throws CsatError `invalid_input` */
export async function startWorker<Tx>(
  context: Context<Tx>,
  options: { readonly concurrency?: number } = {},
): Promise<CsatWorker> {
  const { concurrency = defaultConcurrency } = validate({
    schema: workerSchema,
    value: options,
    where: "The worker cannot start",
  });
  const stopped = new AbortController();
  const running = await context.scheduler.start(
    {
      run: (job, signal) => runJob(context, { job, concurrency, signal, stopping: stopped.signal }),
      sweep: (signal) => sweep(context, { concurrency, signal, stopping: stopped.signal }),
    },
    { sweepEveryMs: context.sweepEveryMs, concurrency },
  );
  return {
    stop: async (stopOptions = {}) => {
      const { timeoutMs = defaultStopMs } = validate({
        schema: stopSchema,
        value: stopOptions,
        where: "The worker was not stopped",
      });
      stopped.abort();
      return running.stop({ timeoutMs });
    },
  };
}

/** Does what is due now, once. @throws CsatError `invalid_input`, `storage_failed` */
export async function runDue<Tx>(
  context: Context<Tx>,
  options: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<RunReport> {
  const { limit = null } = validate({ schema: runSchema, value: options, where: "Nothing was run" });
  const due = {
    concurrency: defaultConcurrency,
    limit,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const surveys = await sendDueSurveys(context, due);
  const delivered = await deliverDueEvents(context, due);
  return { ...surveys, delivered };
}

/** Does what a wake-up names, if it is due. A job of a kind that this release does not know is passed over. */
async function runJob<Tx>(
  context: Context<Tx>,
  {
    job,
    concurrency,
    signal,
    stopping,
  }: {
    readonly job: Job;
    /** Of the whole worker. */
    readonly concurrency: number;
    readonly signal: AbortSignal;
    readonly stopping: AbortSignal;
  },
): Promise<void> {
  if (job.kind === "send_survey") {
    const { workspaceId, surveyId: id, generation } = job;
    await sendDueSurveys(context, {
      concurrency: 1,
      limit: 1,
      only: { workspaceId, id, generation },
      signal,
    });
  } else if (job.kind === "deliver_event") {
    const { workspaceId, eventId: id } = job;
    await deliverEvent(context, { workspaceId, id }, { concurrency, signal, stopping });
  }
}
