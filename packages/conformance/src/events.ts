import type { ClaimRef, Delivery, OutboxEvent, StorageOperations } from "@csat/core";
import { expectEqual, expectPresent } from "./assertions.ts";
import { minute, uniqueId } from "./builders.ts";
import { longLeaseMs, stepsOn } from "./steps.ts";

/** An event in the outbox, raised by an answer at `at`. */
export async function raiseEvent({
  storage,
  workspaceId = uniqueId("workspace"),
  at = minute(120),
}: {
  readonly storage: StorageOperations;
  readonly workspaceId?: string;
  readonly at?: Date;
}): Promise<{ readonly workspaceId: string; readonly id: string; readonly ticketId: string }> {
  const id = uniqueId("event");
  const { ticketId } = await stepsOn(storage).sendAndAnswer({ workspaceId, eventId: id, respondedAt: at });
  return { workspaceId, id, ticketId };
}

/** Claims this event, which must be due at `now`. */
export async function claimEvent({
  storage,
  event,
  now = minute(120),
}: {
  readonly storage: StorageOperations;
  readonly event: { readonly workspaceId: string; readonly id: string };
  readonly now?: Date;
}): Promise<ClaimRef> {
  const only = { workspaceId: event.workspaceId, id: event.id };
  const [claimed] = await storage.outbox.claimDue({ now, leaseForMs: longLeaseMs, limit: 1, only });
  const { leaseId } = expectPresent(claimed, `the claim of event ${event.id}`);
  return { ...only, leaseId };
}

/** Claims this event and settles it with `deliveries`. */
export async function settleEvent({
  storage,
  event,
  deliveries,
  now = minute(120),
}: {
  readonly storage: StorageOperations;
  readonly event: { readonly workspaceId: string; readonly id: string };
  readonly deliveries: readonly Delivery[];
  readonly now?: Date;
}): Promise<void> {
  const claim = await claimEvent({ storage, event, now });
  const outcome = await storage.outbox.settle({ ...claim, deliveries });
  expectEqual<string>(outcome, "done", `settling event ${event.id}`);
}

/** The event as its workspace's list shows it. */
export async function findEvent({
  storage,
  event,
}: {
  readonly storage: StorageOperations;
  readonly event: { readonly workspaceId: string; readonly id: string };
}): Promise<OutboxEvent> {
  const page = await storage.outbox.list(event.workspaceId, { limit: 100, cursor: null, dead: false });
  return expectPresent(
    page.items.find(({ id }) => id === event.id),
    `event ${event.id} in the list`,
  );
}

/** A first attempt still to come at minute 130. */
export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return {
    endpointId: given.endpointId ?? uniqueId("endpoint"),
    state: given.state ?? "pending",
    attempts: given.attempts ?? 0,
    retryAt: given.retryAt === undefined ? minute(130) : given.retryAt,
    lastError: given.lastError ?? null,
  };
}

/** A delivery that six attempts could not make. */
export function aDeadDelivery(endpointId = uniqueId("endpoint")): Delivery {
  return aDelivery({ endpointId, state: "gave_up", attempts: 6, retryAt: null, lastError: "HTTP 503" });
}

/** A delivery that was made. */
export function aMadeDelivery(endpointId = uniqueId("endpoint")): Delivery {
  return aDelivery({ endpointId, state: "delivered", attempts: 1, retryAt: null });
}
