import type { Storage, StorageOperations } from "@csat/core";
import { expectPresent } from "./assertions.ts";

/**
 * Does `first` in a transaction, starts `meanwhile` beside it while it is open, ends it as `end` says, and returns what
 * both came to. So the second call meets rows that are written and not yet committed: a race whose worst moment is
 * certain to be hit. `meanwhile` may wait for the transaction or go past it, but is never awaited inside.
 */
export async function whileOpen<First, Meanwhile>({
  storage,
  first,
  meanwhile,
  end = "commit",
}: {
  readonly storage: Storage<unknown>;
  readonly first: (operations: StorageOperations) => Promise<First>;
  readonly meanwhile: () => Promise<Meanwhile>;
  readonly end?: "commit" | "rollback";
}): Promise<{ readonly first: First; readonly meanwhile: Meanwhile }> {
  const rolledBack = new Error("rolled back");
  let started: { readonly first: First; readonly meanwhile: Promise<Meanwhile> } | undefined;
  await storage
    .transaction(async (operations) => {
      started = { first: await first(operations), meanwhile: meanwhile() };
      // Its failure is reported below; here it must not count as unhandled.
      started.meanwhile.catch(() => {});
      // Some round trips, so that the other call reaches the rows while they are held.
      for (let read = 0; read < 10; read++) await operations.settings.get("nobody");
      if (end === "rollback") throw rolledBack;
    })
    .catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
  const both = expectPresent(started, "what the transaction did");
  return { first: both.first, meanwhile: await both.meanwhile };
}
