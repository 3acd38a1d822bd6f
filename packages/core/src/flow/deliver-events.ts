import type { Context } from "./context.ts";
import { deliverClaimed } from "./deliver-event.ts";
import { inTurns } from "./in-turns.ts";
import { countAtWork, forgetServed, roomFor } from "./receivers.ts";
import { workThrough } from "./work-through.ts";

/** Which events, how many at once and in all. */
export interface DeliverDue {
  readonly concurrency: number;
  /** Most events to claim; null for all that are due. */
  readonly limit: number | null;
  /** Aborts the deliveries under way. */
  readonly signal?: AbortSignal;
  /** Claims nothing more, and lets the deliveries under way finish. */
  readonly stopping?: AbortSignal;
  /** Takes what becomes due meanwhile as well. */
  readonly keepsUp?: boolean;
}

/**
 * Delivers every event that is due now to its endpoints and returns how many deliveries succeeded. Each endpoint has
 * its own attempts; one that fails holds back no other. Half of the places at most go to one workspace: its receivers
 * may be slow, and once they are back they get no more than that at once.
 * @throws CsatError `storage_failed` when nothing could be claimed
 */
export async function deliverDueEvents<Tx>(context: Context<Tx>, due: DeliverDue): Promise<number> {
  const { webhooks, storage, clock, leaseForMs, receivers } = context;
  if (webhooks === null) return 0;
  const begunAt = clock.now();
  const claim = inTurns((limit, exceptWorkspaces) =>
    storage.outbox.claimDue({
      now: due.keepsUp === true ? clock.now() : begunAt,
      leaseForMs,
      limit,
      ...(exceptWorkspaces.length === 0 ? {} : { exceptWorkspaces }),
    }),
  );
  let delivered = 0;
  await workThrough({
    concurrency: due.concurrency,
    limit: due.limit,
    mayGoOn: () => !due.signal?.aborted && !due.stopping?.aborted,
    claim: async (count) => {
      const { full, room } = roomFor(receivers, mostOfOne(due.concurrency));
      for (const id of full) receivers.passedOver.add(id);
      const claims = await claim(Math.min(count, room), full);
      for (const { row } of claims) countAtWork(receivers, row.workspaceId, 1);
      return claims;
    },
    work: async (one) => {
      const count = await deliverClaimed(context, { webhooks, claim: one, signal: due.signal });
      // Not in one line: `delivered` would be read before the others have added theirs.
      delivered += count;
      countAtWork(receivers, one.row.workspaceId, -1);
    },
  });
  forgetServed(receivers);
  return delivered;
}

/**
 * Delivers the event that a wake-up names, if it is due. When its workspace has enough under way it is passed over:
 * whoever ends one of those takes what waits.
 * @throws CsatError `storage_failed` when nothing could be claimed
 */
export async function deliverEvent<Tx>(
  context: Context<Tx>,
  only: { readonly workspaceId: string; readonly id: string },
  worker: Required<Pick<DeliverDue, "concurrency" | "signal" | "stopping">>,
): Promise<void> {
  const { webhooks, storage, clock, leaseForMs, receivers } = context;
  if (webhooks === null) return;
  const { workspaceId } = only;
  if (roomFor(receivers, mostOfOne(worker.concurrency)).full.includes(workspaceId)) {
    receivers.passedOver.add(workspaceId);
    return;
  }
  countAtWork(receivers, workspaceId, 1);
  try {
    const [claim] = await storage.outbox.claimDue({ now: clock.now(), leaseForMs, limit: 1, only });
    if (claim !== undefined) await deliverClaimed(context, { webhooks, claim, signal: worker.signal });
  } finally {
    countAtWork(receivers, workspaceId, -1);
  }
  if (!receivers.passedOver.delete(workspaceId)) return;
  await deliverDueEvents(context, { ...worker, limit: null, keepsUp: true });
}

function mostOfOne(concurrency: number): number {
  return Math.ceil(concurrency / 2);
}
