import type { Store } from "@csat/core";
import { expect } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { randomLife } from "./random-life.ts";
import { askedCounts, simulatedTally, toldTally } from "./told-tally.ts";

/** Lives so many histories and tries the settings that were in force throughout: the dry run must say what happened. */
export async function runLives({
  count,
  storageFor,
}: {
  readonly count: number;
  readonly storageFor: () => Promise<Store<never>> | Store<never>;
}): Promise<ReadonlySet<string>> {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= count; seed += 1) {
    const lived = await randomLife(seed, await storageFor());
    const { range, world, asked } = lived;
    const before = await world.storage.lists.history(everything);
    const simulated = await world.csat.simulatePolicy(workspaceId, { range });
    const told = await toldTally(lived);
    expect(simulatedTally(simulated), `seed ${seed}`).toEqual(told);
    const { customersAsked, customersAskedAgain } = simulated;
    const counts = { asked: customersAsked, again: customersAskedAgain };
    expect(counts, `seed ${seed}`).toEqual(askedCounts(asked));
    // It writes nothing.
    expect(await world.storage.lists.history(everything), `seed ${seed}`).toEqual(before);
    for (const row of Object.values(told)) for (const kind of Object.keys(row)) kinds.add(kind);
  }
  return kinds;
}

const everything = {
  workspaceId,
  window: { from: new Date(0), until: new Date("2027-01-01T00:00:00.000Z") },
  limit: 1_000,
  cursor: null,
};

/** What some dozen histories come to. */
export const usualKinds: readonly string[] = [
  "resolved",
  "sent",
  "deferred rule:send_window",
  "skipped already_surveyed",
  "skipped asked_oneself",
  "skipped asked_recently",
  "skipped csat_disabled",
  "skipped expired",
  "skipped left_out",
  "skipped left_since",
  "skipped no_customer_email",
  "skipped role_address",
  "skipped rule:no_olaf",
  "skipped rule:only_when",
  "skipped sampled_out",
  "skipped ticket_not_resolved",
  "canceled closed",
  "canceled left_out",
  "canceled merged",
  "canceled reopened",
  "failed refused",
];
