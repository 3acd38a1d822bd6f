import type { Context } from "./context.ts";
import { deliverDueEvents } from "./deliver-events.ts";
import { sendDueSurveys } from "./send-due-surveys.ts";

/**
 * Finds and does everything that is due, whatever became of its wake-up, and lets the storage tidy up. Safe in any
 * number of processes at once.
 * @throws CsatError `storage_failed`
 */
export async function sweep<Tx>(
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
  const due = { concurrency, limit: null, signal, stopping };
  await sendDueSurveys(context, due);
  await deliverDueEvents(context, due);
  if (!signal.aborted && !stopping.aborted) await context.storage.maintain(context.clock.now(), signal);
}
