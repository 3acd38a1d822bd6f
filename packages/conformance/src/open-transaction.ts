import type { Session, Store } from "@csat/core";
import { expectEqual, expectPresent } from "./assertions.ts";
import { aKey } from "./builders.ts";

/**
 * Does `first` in a transaction, starts `meanwhile` beside it while it is open, goes on with `after`, ends the transaction
 * as `end` says, and returns what both came to. So the second call meets rows that are locked or written and not yet
 * committed: a race whose worst moment is certain to be hit. `meanwhile` may wait for the transaction or go past it, but
 * is never awaited inside. The transaction must not be made a victim: it runs once.
 */
export async function whileOpen<First, Meanwhile>({
  store,
  beside,
  first,
  meanwhile,
  after = async () => {},
  end = "commit",
}: {
  readonly store: Store<unknown>;
  /** The handle that `meanwhile` uses. */
  readonly beside: Store<unknown>;
  readonly first: (session: Session) => Promise<First>;
  readonly meanwhile: () => Promise<Meanwhile>;
  readonly after?: (session: Session) => Promise<void>;
  readonly end?: "commit" | "rollback";
}): Promise<{ readonly first: First; readonly meanwhile: Meanwhile }> {
  const rolledBack = new Error("rolled back");
  // Connected before: what opens a connection first would come when all is over.
  await beside.auto.read([aKey()]);
  let runs = 0;
  let started: { readonly first: First; readonly meanwhile: Promise<Meanwhile> } | undefined;
  await store
    .own(async (session) => {
      runs += 1;
      started = { first: await first(session), meanwhile: meanwhile() };
      // Its failure is reported below; here it must not count as unhandled.
      started.meanwhile.catch(() => {});
      // Some round trips, so that the other call reaches the rows while they are held.
      for (let reads = 0; reads < 30; reads++) await session.read([aKey()]);
      await after(session);
      if (end === "rollback") throw rolledBack;
    })
    .catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
  const both = expectPresent(started, "what the transaction did");
  const result = { first: both.first, meanwhile: await both.meanwhile };
  expectEqual(runs, 1, "runs of a transaction that nothing stood in the way of");
  return result;
}
