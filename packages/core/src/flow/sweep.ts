import type { Context } from "./context.ts";
import { deliverDueEvents } from "./deliver-events.ts";
import { sendDueSurveys } from "./send-due-surveys.ts";

/**
 * Finds and does everything that is due, whatever became of its wake-up, and lets the storage tidy up. Safe in any
 * number of processes at once.
 * @throws CsatError `storage_failed`
 */
export function sweep<Tx>(
  context: Context<Tx>,
  {
    concurrency,
    signal,
    stopping,
  }: {
    readonly concurrency: number;
    readonly signal: AbortSignal;
    /** The worker was told to stop: what is under way finishes, nothing more is taken. */
    readonly stopping: AbortSignal;
  },
): Promise<void> {
  return context.telemetry.span("sweep", {}, async () => {
    const due = { concurrency, limit: null, signal, stopping, keepsUp: true };
    // Side by side: behind a slow mail server a flood of surveys takes hours, and events have nothing to do with that.
    const results = await Promise.allSettled([sendDueSurveys(context, due), deliverDueEvents(context, due)]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
    if (!signal.aborted && !stopping.aborted) await context.storage.maintain(context.clock.now(), signal);
  });
}
