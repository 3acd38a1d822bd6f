import { errorCode, errorInWords, errorKind } from "../error-kind.ts";
import { afterOutageAt, maxAttempts, nextAttemptAt, spread } from "../policy/retry-schedule.ts";
import type { HeadChange } from "../ports/store/head.ts";
import type { Claimed } from "../ports/store/session.ts";
import type {
  Delivery,
  DeliveryResult,
  OutboxEvent,
  WebhookEndpoint,
  WebhookTransport,
} from "../ports/webhook-transport.ts";
import type { Context } from "./context.ts";
import { noteAttempt } from "./endpoint-outages.ts";
import { eventOf, toHeadChange } from "./event-document.ts";
import { leftOfLease } from "./mail-attempt.ts";
import { failsWithOthers } from "./receivers.ts";
import type { Together } from "./together.ts";
import { underLease } from "./under-lease.ts";
import { wakeUpForEvent } from "./wake-up.ts";

/** One claimed event, and what its worker writes with. */
export interface OneEvent {
  readonly webhooks: WebhookTransport;
  readonly claimed: Claimed;
  /** By `monotonicMs`, before the claim was asked for. */
  readonly askedAt: number;
  readonly signal: AbortSignal | undefined;
  /** Called when receivers have answered, before that is written down. */
  readonly attempted: () => void;
  /** Writes the record of an event; false when somebody else wrote it meanwhile, or holds it by now. */
  readonly settle: Together<HeadChange, boolean>;
}

/**
 * Makes the attempts of one claimed event that are due, side by side, and writes down what became of each; answers how
 * many succeeded. Never rejects: what could not be written is tried again when the lease has run out. An event that was
 * replayed, erased or taken over meanwhile keeps what stands.
 */
export async function deliverEvent<Tx>(context: Context<Tx>, one: OneEvent): Promise<number> {
  const { logger, clock } = context;
  const { head } = one.claimed;
  const { workspaceId, id: eventId } = head.key;
  try {
    const event = eventOf(head);
    // A claim that was answered late is somebody else's by now.
    if (leftOfLease(context, one.askedAt) === 0) return 0;
    // What a newer release wrote is left to it: the lease runs out by itself.
    if (event === null || event.deliveries.some(({ state }) => !knownStates.has(state))) return 0;
    const made = await context.telemetry.span("deliver_event", { eventId, workspaceId }, async (step) => {
      const attempted = await makeAttempts(context, one, event);
      const errorType =
        attempted === null
          ? "endpoints_unknown"
          : attempted.find(({ errorType: type }) => type !== null)?.errorType;
      if (typeof errorType === "string") step.failed(errorType);
      return attempted;
    });
    one.attempted();
    countAttempts(context, made ?? []);
    const deliveries = made === null ? event.deliveries : made.map(({ after }) => after);
    const { firstDueAt } = one.claimed.due;
    const now = clock.now();
    const change = toHeadChange({
      event: { ...event, deliveries },
      expected: head.version,
      stored: head.state,
      firstDueAt,
      asking: made === null ? askAgainAt(context, firstDueAt, now) : null,
      // Who woke up late leaves it to the one who has taken over.
      lease: { id: one.claimed.leaseId, extendMs: null },
      now,
    });
    const [isSettled] = await Promise.all([
      one.settle(change),
      noteAttempts(context, workspaceId, made ?? []),
    ]);
    if (!isSettled) return 0;
    await wakeUpForNext(context, event, deliveries);
    return (made ?? []).filter(
      ({ before, after }) => before.state === "pending" && after.state === "delivered",
    ).length;
  } catch (error) {
    logger.warn(
      { workspaceId, eventId, cause: errorInWords(error) },
      "an event could not be delivered, will try again",
    );
    return 0;
  }
}

const knownStates: ReadonlySet<string> = new Set<Delivery["state"]>(["pending", "delivered", "gave_up"]);

interface Made {
  readonly before: Delivery;
  readonly after: Delivery;
  /** Null when nothing was attempted, or it succeeded. */
  readonly errorType: string | null;
}

/** An attempt that does not end in time has failed. Null when the host did not say who the endpoints are. */
async function makeAttempts<Tx>(
  context: Context<Tx>,
  { webhooks, askedAt, signal }: OneEvent,
  event: OutboxEvent,
): Promise<readonly Made[] | null> {
  const { clock, logger, telemetry } = context;
  const known: { endpoints?: ReadonlyMap<string, WebhookEndpoint> } = {};
  const results = new Map<string, DeliveryResult>();
  const now = clock.now();
  const listed = () =>
    event.deliveries.length > 0 ? event.deliveries : [...(known.endpoints?.keys() ?? [])].map(firstDelivery);
  try {
    await underLease({
      leaseForMs: leftOfLease(context, askedAt),
      signal,
      otherwise: () => {},
      work: async (abort) => {
        const endpoints = new Map((await webhooks.endpointsFor(event)).map((one) => [one.id, one]));
        known.endpoints = endpoints;
        if (event.deliveries.length === 0 && endpoints.size > 0)
          telemetry.record("events.lag", clock.now().getTime() - event.createdAt.getTime(), {});
        await Promise.all(
          listed().map(async (delivery) => {
            const endpoint = endpoints.get(delivery.endpointId);
            if (endpoint === undefined || !isDue(delivery, now)) return;
            const attempt = async () => webhooks.deliver(endpoint, event, abort);
            // One that throws, against its promise, has made its attempt, or the event would come again for ever.
            const thrown = (error: unknown) =>
              failed(`the transport threw ${errorKind(error)}`, errorCode(error) ?? "_OTHER");
            results.set(endpoint.id, await attempt().catch(thrown));
          }),
        );
      },
    });
  } catch (error) {
    logger.warn({ eventId: event.id, cause: errorInWords(error) }, "endpointsFor failed, will ask again");
  }
  const { endpoints } = known;
  if (endpoints === undefined) return null;
  return listed().flatMap((before): readonly Made[] => {
    if (!isDue(before, now)) return [{ before, after: before, errorType: null }];
    const endpoint = endpoints.get(before.endpointId);
    // An endpoint that the host took off its list wants no more of it, and nobody needs to replay it.
    if (endpoint === undefined) return [];
    const result = results.get(endpoint.id) ?? failed("no answer before the lease ended", "timeout");
    const errorType = result.ok ? null : (result.errorType ?? "_OTHER");
    return [{ before, after: afterAttempt(context, { before, result, event, endpoint }), errorType }];
  });
}

/** What they tell of their endpoints, whatever becomes of the record. */
async function noteAttempts<Tx>(
  context: Context<Tx>,
  workspaceId: string,
  made: readonly Made[],
): Promise<void> {
  const attempts = made.filter(({ before, after }) => before !== after);
  await Promise.all(
    attempts.map(({ before, after: { endpointId, state } }) =>
      noteAttempt(context, {
        workspaceId,
        endpointId,
        isTaken: state === "delivered",
        isRetry: before.attempts > 0,
      }),
    ),
  );
}

/** What receivers said, whatever becomes of the record. */
function countAttempts<Tx>({ telemetry }: Context<Tx>, made: readonly Made[]): void {
  const delivered = made.filter(
    ({ before, after }) => before !== after && after.state === "delivered",
  ).length;
  if (delivered > 0) telemetry.count("deliveries.succeeded", delivered, {});
  for (const { after, errorType } of made) {
    const outcome = after.state === "gave_up" ? "gave_up" : "will_retry";
    if (errorType !== null) telemetry.count("deliveries.failed", 1, { outcome, errorType });
  }
}

/** The host could not name the endpoints: it is asked again, ever more rarely, and no more when nobody waits for it. */
function askAgainAt<Tx>({ maxLatenessMs }: Context<Tx>, firstDueAt: Date, now: Date): Date | "in_vain" {
  const isInVain = now.getTime() - firstDueAt.getTime() > maxLatenessMs;
  return isInVain ? "in_vain" : afterOutageAt({ firstDueAt, now });
}

/** An attempt that failed for now. */
export function failed(error: string, errorType = "_OTHER"): DeliveryResult {
  return { ok: false, retryable: true, retryAfterMs: null, error, errorType };
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

async function wakeUpForNext<Tx>(
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
