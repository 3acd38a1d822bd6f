import { millisecondsInSecond as secondMs } from "date-fns/constants";
import { errorInWords } from "../error-kind.ts";
import { keptSince } from "../policy/retention.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Context } from "./context.ts";

/** Few enough that a statement holds its locks for some milliseconds. */
const rowsAtOnce = 1_000;
/** What is left over is for the next sweep, so that nothing else waits for an old table. */
const pruneForMs = 2 * secondMs;

/**
 * Housekeeping that is never under way twice in one worker: what the storage does for itself, and then what `retention`
 * takes away. It costs nobody's mail: what fails is logged.
 */
export function keepsHouse<Tx>(context: Context<Tx>, stopping: AbortSignal | undefined): () => Promise<void> {
  const { storage, clock, logger } = context;
  const signal = stopping ?? new AbortController().signal;
  let isBusy = false;
  const tried = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      logger.warn({ cause: errorInWords(error) }, `${what} failed, will try again with the next sweep`);
    }
  };
  return async () => {
    if (isBusy || signal.aborted) return;
    isBusy = true;
    try {
      await tried("housekeeping", () => storage.keepHouse(clock.now(), signal));
      await tried("retention", () => prune(context, signal));
    } finally {
      isBusy = false;
    }
  };
}

/** In short statements for two seconds, counted from the first on; the statement that is under way is not broken off. */
async function prune<Tx>({ storage, clock, retention }: Context<Tx>, signal: AbortSignal): Promise<void> {
  const since = keptSince(retention, clock.now());
  if (since === null) return;
  const until = monotonicMs() + pruneForMs;
  let isMoreLeft = true;
  while (isMoreLeft && !signal.aborted && monotonicMs() < until)
    ({ isMoreLeft } = await storage.prune({ ...since, limit: rowsAtOnce }));
}
