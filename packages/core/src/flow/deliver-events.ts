import { maxAttempts, nextAttemptAt } from "../policy/retry-schedule.ts";
import type { Claimed, ClaimRequest } from "../ports/storage/claim.ts";
import type { Delivery, OutboxEvent } from "../ports/storage/outbox.ts";
import type { DeliveryResult, WebhookEndpoint, WebhookTransport } from "../ports/webhook-transport.ts";
import type { Context } from "./context.ts";
import { deadlinePassed, withDeadline } from "./deadline.ts";
import { errorName, wakeUpForEvent } from "./wake-up.ts";

/** Which events, how many at once and in all. */
export interface DeliverDue {
  readonly concurrency: number;
  /** Most events to claim; null for all that are due. */
  readonly limit: number | null;
  readonly only?: ClaimRequest["only"];
  /** Aborts the deliveries under way. */
  readonly signal?: AbortSignal;
  /** Claims nothing more, and lets the deliveries under way finish. */
  readonly stopping?: AbortSignal;
  /** Takes what becomes due meanwhile as well. */
  readonly keepsUp?: boolean;
}

/**
 * Delivers every event that is due now to its endpoints and returns how many deliveries succeeded. Each endpoint has
 * its own attempts; one that fails holds back no other.
 * @throws CsatError `storage_failed` when nothing could be claimed
 */
export async function deliverDueEvents<Tx>(context: Context<Tx>, due: DeliverDue): Promise<number> {
  const { webhooks, storage, clock, leaseForMs } = context;
  if (webhooks === null) return 0;
  const begunAt = clock.now();
  let delivered = 0;
  let left = due.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0 && due.signal?.aborted !== true && due.stopping?.aborted !== true) {
    const claims = await storage.outbox.claimDue({
      now: due.keepsUp === true ? clock.now() : begunAt,
      leaseForMs,
      limit: Math.min(left, due.concurrency),
      ...(due.only === undefined ? {} : { only: due.only }),
    });
    if (claims.length === 0) break;
    left -= claims.length;
    for (const count of await Promise.all(
      claims.map((claim) => deliverOne({ context, webhooks, claim, signal: due.signal })),
    )) {
      delivered += count;
    }
    if (due.only !== undefined) break;
  }
  return delivered;
}

interface OneEvent<Tx> {
  readonly context: Context<Tx>;
  readonly webhooks: WebhookTransport;
  readonly claim: Claimed<OutboxEvent>;
  readonly signal: AbortSignal | undefined;
}

async function deliverOne<Tx>({ context, webhooks, claim, signal }: OneEvent<Tx>): Promise<number> {
  const { storage, clock, logger, leaseForMs } = context;
  const event = claim.row;
  try {
    const endpoints = new Map(
      (await webhooks.endpointsFor(event)).map((endpoint) => [endpoint.id, endpoint]),
    );
    const before = event.deliveries.length > 0 ? event.deliveries : [...endpoints.keys()].map(firstDelivery);
    const results = await withDeadline({
      leaseForMs,
      signal,
      work: (abort) =>
        Promise.all(
          before.map((delivery) =>
            attempt({ webhooks, event, delivery, endpoints, now: clock.now(), signal: abort }),
          ),
        ),
    });
    if (results === deadlinePassed) return 0;
    const { workspaceId, id } = event;
    await storage.outbox.settle({ workspaceId, id, leaseId: claim.leaseId, deliveries: results });
    const [next] = results
      .filter(({ state }) => state === "pending")
      .toSorted((one, other) => (one.retryAt?.getTime() ?? 0) - (other.retryAt?.getTime() ?? 0));
    if (next?.retryAt) {
      const { attempts: attempt, retryAt: runAt } = next;
      await wakeUpForEvent(context, { workspaceId, eventId: id, attempt, runAt });
    }
    return results.filter(({ state }, place) => state === "delivered" && before[place]?.state === "pending")
      .length;
  } catch (error) {
    logger.warn(
      { eventId: event.id, cause: errorName(error) },
      "an event could not be delivered, will try again",
    );
    return 0;
  }
}

function firstDelivery(endpointId: string): Delivery {
  return { endpointId, state: "pending", attempts: 0, retryAt: null, lastError: null };
}

async function attempt({
  webhooks,
  event,
  delivery,
  endpoints,
  now,
  signal,
}: {
  readonly webhooks: WebhookTransport;
  readonly event: OutboxEvent;
  readonly delivery: Delivery;
  readonly endpoints: ReadonlyMap<string, WebhookEndpoint>;
  readonly now: Date;
  readonly signal: AbortSignal;
}): Promise<Delivery> {
  if (delivery.state !== "pending" || (delivery.retryAt !== null && delivery.retryAt > now)) return delivery;
  const endpoint = endpoints.get(delivery.endpointId);
  if (endpoint === undefined) {
    return { ...delivery, state: "gave_up", retryAt: null, lastError: "the endpoint no longer exists" };
  }
  return afterAttempt({ delivery, result: await webhooks.deliver(endpoint, event, signal), now });
}

function afterAttempt({
  delivery,
  result,
  now,
}: {
  readonly delivery: Delivery;
  readonly result: DeliveryResult;
  readonly now: Date;
}): Delivery {
  const attempts = delivery.attempts + 1;
  if (result.ok) return { ...delivery, state: "delivered", attempts, retryAt: null, lastError: null };
  const retryAt = result.retryable && attempts < maxAttempts ? nextAttemptAt({ attempts, now }) : null;
  if (retryAt === null) return { ...delivery, state: "gave_up", attempts, retryAt, lastError: result.error };
  const askedMs = now.getTime() + (result.retryAfterMs ?? 0);
  return {
    ...delivery,
    attempts,
    retryAt: new Date(Math.max(retryAt.getTime(), askedMs)),
    lastError: result.error,
  };
}
