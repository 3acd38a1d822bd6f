import { AssertionError } from "node:assert";
import type { Claimed, ClaimRef, Storage, Survey } from "@csat/core";
import { minute } from "./builders.ts";
import { type Armed, longLeaseMs } from "./steps.ts";

/** The shortest lease: it is over within a few milliseconds of the storage's own clock. */
export const shortLeaseMs = 1;

const tries = 20_000;

/**
 * Claims `survey` as another worker does once the lease of the first has ended. Asks again and again, since only the
 * storage knows when that is; it never sleeps.
 */
export async function claimOnceLeaseEnds({
  storage,
  survey,
  now = minute(60),
}: {
  readonly storage: Storage<unknown>;
  readonly survey: Armed;
  readonly now?: Date;
}): Promise<{ readonly claim: ClaimRef; readonly claimed: Claimed<Survey> }> {
  const only = { workspaceId: survey.workspaceId, id: survey.surveyId };
  for (let attempt = 0; attempt < tries; attempt++) {
    const [claimed] = await storage.surveys.claimDue({ now, leaseForMs: longLeaseMs, limit: 1, only });
    if (claimed !== undefined) {
      return { claim: { ...only, leaseId: claimed.leaseId }, claimed };
    }
    await nextTurn();
  }
  throw new AssertionError({ message: `the lease of ${shortLeaseMs} ms on survey ${only.id} never ended` });
}

/** Resolves once the storage counts an ended lease. The lease stays where it is: nobody claims the row. */
export async function untilLeaseEnds({ storage }: { readonly storage: Storage<unknown> }): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const { expiredLeases } = await storage.backlog(minute(60));
    if (expiredLeases > 0) return;
    await nextTurn();
  }
  throw new AssertionError({ message: `backlog never counted a lease of ${shortLeaseMs} ms as ended` });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
