import * as z from "zod/mini";
import type { CsatWorker, RunReport } from "../csat.ts";
import { onAbort, withDeadline } from "../deadline.ts";
import type { Job } from "../ports/scheduler.ts";
import type { Context } from "./context.ts";
import { keepsHouse } from "./keep-house.ts";
import { validate } from "./validate.ts";
import { workLoop } from "./work-loop.ts";

const defaultConcurrency = 10;
const defaultStopMs = 10_000;

const wakingKinds: ReadonlySet<string> = new Set<Job["kind"]>([
  "send_survey",
  "send_surveys",
  "deliver_event",
]);

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

/**
 * Starts working in this process: a wake-up and the sweep set the same loop going, and housekeeping has a turn of its own.
 * @throws CsatError `invalid_input`
 */
export async function startWorker<Tx>(
  context: Context<Tx>,
  options: { readonly concurrency?: number } = {},
): Promise<CsatWorker> {
  const { concurrency = defaultConcurrency } = validate({
    schema: workerSchema,
    value: options,
    where: "The worker cannot start",
  });
  const { scheduler, clock, telemetry } = context;
  const stopped = new AbortController();
  const aborted = new AbortController();
  const loop = workLoop(context, {
    concurrency,
    limit: null,
    signal: aborted.signal,
    stopping: stopped.signal,
    until: () => clock.now(),
    onSurvey: () => {},
    onDelivered: () => {},
  });
  const housekeeper = keepsHouse(context, stopped.signal);
  // A scheduler that loses its patience aborts what is under way.
  const working = async (signal: AbortSignal, work: () => Promise<void>) => {
    const stopListening = onAbort(signal, () => aborted.abort());
    try {
      await work();
    } finally {
      stopListening();
    }
  };
  const running = await scheduler.start(
    {
      // A wake-up is a hint that something is due; one of a kind that this release does not know is none for it.
      run: async (job, signal) => {
        if (wakingKinds.has(job.kind)) await working(signal, () => loop.wake("next_round"));
      },
      sweep: (signal) =>
        working(signal, () =>
          telemetry.span("sweep", {}, async () => {
            telemetry.count("sweeps", 1, {});
            const [worked] = await Promise.allSettled([loop.wake("next_round"), housekeeper()]);
            if (worked.status === "rejected") throw worked.reason;
          }),
        ),
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
      await withDeadline({
        timeoutMs,
        // Aborted work ends by itself.
        graceMs: Infinity,
        work: async (outOfPatience) => {
          outOfPatience.addEventListener("abort", () => aborted.abort(), { once: true });
          await running.stop({ timeoutMs });
          await loop.idle();
        },
        otherwise: () => {},
      });
    },
  };
}

/** Does what is due now, once, and then keeps house. @throws CsatError `invalid_input`, `storage_failed` */
export async function runDue<Tx>(
  context: Context<Tx>,
  options: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<RunReport> {
  const { limit = null } = validate({ schema: runSchema, value: options, where: "Nothing was run" });
  const begunAt = context.clock.now();
  const report = { sent: 0, skipped: 0, failed: 0, delivered: 0 };
  const loop = workLoop(context, {
    concurrency: defaultConcurrency,
    limit,
    signal: options.signal,
    stopping: undefined,
    until: () => begunAt,
    onSurvey: (result) => {
      if (result !== "lost") report[result] += 1;
    },
    onDelivered: (count) => {
      report.delivered += count;
    },
  });
  // Also when a claim failed: whoever waits for this call may end the process behind it.
  await loop.wake("nothing_left").finally(() => loop.idle());
  await keepsHouse(context, options.signal)();
  return report;
}
