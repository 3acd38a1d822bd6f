import { errorInWords, errorKind } from "../error-kind.ts";
import { maxAttempts, nextAttemptAt, spread } from "../policy/retry-schedule.ts";
import type { Claimed } from "../ports/storage/claim.ts";
import type { Delivery, OutboxEvent } from "../ports/storage/outbox.ts";
import type { DeliveryResult, WebhookEndpoint, WebhookTransport } from "../ports/webhook-transport.ts";
import type { Context } from "./context.ts";
import { failsWithOthers } from "./receivers.ts";
import { underLease } from "./under-lease.ts";
import { wakeUpForEvent } from "./wake-up.ts";

interface OneEvent {
  readonly webhooks: WebhookTransport;
  readonly claim: Claimed<OutboxEvent>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes the attempts of one claimed event that are due, side by side, and writes down what became of each; answers how
 * many succeeded. Never rejects: what could not be written is tried again when the lease has run out.
 */
export async function deliverClaimed<Tx>(context: Context<Tx>, one: OneEvent): Promise<number> {
  const { storage, logger } = context;
  const { row: event, leaseId } = one.claim;
  const { workspaceId, id } = event;
  try {
    const made = await makeAttempts(context, one);
    const deliveries = made.map(({ after }) => after);
    await storage.outbox.settle({ workspaceId, id, leaseId, deliveries });
    await wakeUpForRetry(context, event, deliveries);
    return made.filter(({ before, after }) => before.state === "pending" && after.state === "delivered")
      .length;
  } catch (error) {
    logger.warn(
      { eventId: id, cause: errorInWords(error) },
      "an event could not be delivered, will try again",
    );
    return 0;
  }
}

interface Made {
  readonly before: Delivery;
  readonly after: Delivery;
}

/** An attempt that does not end in time has failed. @throws Error when the host did not say in time who the endpoints are */
async function makeAttempts<Tx>(
  context: Context<Tx>,
  { webhooks, claim: { row: event }, signal }: OneEvent,
): Promise<readonly Made[]> {
  const { clock, leaseForMs } = context;
  const known: { endpoints?: ReadonlyMap<string, WebhookEndpoint> } = {};
  const results = new Map<string, DeliveryResult>();
  const now = clock.now();
  const listed = () =>
    event.deliveries.length > 0 ? event.deliveries : [...(known.endpoints?.keys() ?? [])].map(firstDelivery);
  await underLease({
    leaseForMs,
    signal,
    otherwise: () => {},
    work: async (abort) => {
      const endpoints = new Map((await webhooks.endpointsFor(event)).map((one) => [one.id, one]));
      known.endpoints = endpoints;
      await Promise.all(
        listed().map(async (delivery) => {
          const endpoint = endpoints.get(delivery.endpointId);
          if (endpoint === undefined || !isDue(delivery, now)) return;
          const attempt = async () => webhooks.deliver(endpoint, event, abort);
          // One that throws, against its promise, has made its attempt, or the event would come again for ever.
          const thrown = (error: unknown) => failed(`the transport threw ${errorKind(error)}`);
          results.set(endpoint.id, await attempt().catch(thrown));
        }),
      );
    },
  });
  const { endpoints } = known;
  if (endpoints === undefined) throw new Error("no endpoints");
  return listed().map((before) => {
    if (!isDue(before, now)) return { before, after: before };
    const endpoint = endpoints.get(before.endpointId);
    if (endpoint === undefined) {
      const lastError = "the endpoint no longer exists";
      return { before, after: { ...before, state: "gave_up", retryAt: null, lastError } };
    }
    const result = results.get(endpoint.id) ?? failed("no answer before the lease ended");
    return { before, after: afterAttempt(context, { before, result, event, endpoint }) };
  });
}

/** An attempt that failed for now. */
export function failed(error: string): DeliveryResult {
  return { ok: false, retryable: true, retryAfterMs: null, error };
}

function isDue({ state, retryAt }: Delivery, now: Date): boolean {
  return state === "pending" && (retryAt === null || retryAt <= now);
}

function firstDelivery(endpointId: string): Delivery {
  return { endpointId, state: "pending", attempts: 0, retryAt: null, lastError: null };
}

function afterAttempt<Tx>(
  { clock, receivers }: Context<Tx>,
  {
    before,
    result,
    event: { id },
    endpoint: { url },
  }: {
    readonly before: Delivery;
    readonly result: DeliveryResult;
    readonly event: OutboxEvent;
    readonly endpoint: WebhookEndpoint;
  },
): Delivery {
  const now = clock.now();
  const attempts = before.attempts + 1;
  if (result.ok) {
    receivers.failing.delete(url);
    return { ...before, state: "delivered", attempts, retryAt: null, lastError: null };
  }
  const { error: lastError, retryAfterMs } = result;
  const next = result.retryable && attempts < maxAttempts ? nextAttemptAt({ attempts, now }) : null;
  if (next === null) return { ...before, state: "gave_up", attempts, retryAt: null, lastError };
  const wanted = new Date(Math.max(next.getTime(), now.getTime() + (retryAfterMs ?? 0)));
  const retryAt = failsWithOthers(receivers, url, id) ? spread({ retryAt: wanted, now, id }) : wanted;
  return { ...before, attempts, retryAt, lastError };
}

async function wakeUpForRetry<Tx>(
  context: Context<Tx>,
  { workspaceId, id: eventId }: OutboxEvent,
  deliveries: readonly Delivery[],
): Promise<void> {
  const [next] = deliveries
    .filter(({ state }) => state === "pending")
    .toSorted((one, other) => (one.retryAt?.getTime() ?? 0) - (other.retryAt?.getTime() ?? 0));
  if (next?.retryAt)
    await wakeUpForEvent(context, { workspaceId, eventId, attempt: next.attempts, runAt: next.retryAt });
}
