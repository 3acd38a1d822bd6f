import type { Csat, CsatWorker } from "@csat/core";
import type { DemoClock } from "./clock.ts";

/** The worker of this process, and the demo's way of making time pass. */
export interface Background {
  /** Lets running work finish, moves the clock on, does all that became due (where this process works), and goes on working. Calls queue up. */
  readonly advance: (ms: number) => Promise<void>;
  /** Does `work` in its turn, while this process sends nothing. */
  readonly undisturbed: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Lets running work finish and ends the worker. */
  readonly stop: () => Promise<void>;
}

// No send takes that long; one that was cut off would count as failed, and its mail would come later than the clock says.
const patienceMs = 120_000;
// Another process may have moved the clock on; sweeps come as often.
const refreshEveryMs = 1_000;

/** Starts sending surveys in this process, unless it is told that another one does. */
export async function startBackground(parts: {
  readonly csat: Pick<Csat, "startWorker" | "runDue">;
  readonly clock: DemoClock;
  readonly works: boolean;
}): Promise<Background> {
  const { csat, clock, works } = parts;
  const start = async () => (works ? await csat.startWorker() : null);
  let worker: CsatWorker | null = await start();
  const refreshing = setInterval(() => void clock.refresh().catch(() => {}), refreshEveryMs).unref();
  let last: Promise<void> = Promise.resolve();

  /** One at a time: an advance that ran into another one would start the worker under its feet. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  async function pause(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    await worker?.stop(options);
    worker = null;
  }

  function undisturbed<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTurn(async () => {
      await pause({ timeoutMs: patienceMs });
      try {
        return await work();
      } finally {
        worker = await start();
      }
    });
  }

  return {
    advance: (ms) =>
      undisturbed(async () => {
        await clock.moveOn(ms);
        if (works) await doAllDue(csat);
      }),
    undisturbed,
    stop: () =>
      inTurn(async () => {
        clearInterval(refreshing);
        await pause();
      }),
  };
}

/** One run may make more work due: an answered survey's event, say. A run that did nothing was the last. */
async function doAllDue(csat: Pick<Csat, "runDue">): Promise<void> {
  // Bounded, so that a mail server that fails every mail at once cannot keep the clock from answering.
  for (let run = 0; run < 1_000; run++) {
    const { sent, skipped, failed, delivered } = await csat.runDue();
    if (sent + skipped + failed + delivered === 0) return;
  }
}
