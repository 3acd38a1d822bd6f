import type {
  Claimed,
  ClaimRef,
  ClaimRequest,
  Delivery,
  OutboxEvent,
  OutboxStore,
  Page,
  PageRequest,
  SettleOutcome,
  SurveyResponse,
} from "@csat/core";
import type { Access } from "./access.ts";
import { inFairOrder } from "./fair-order.ts";
import { newestFirst } from "./keyset.ts";
import type { EventRow } from "./rows.ts";
import { idKey, type Tables } from "./tables.ts";

/** Events on their way to receivers. */
export function outboxStore({ read, write }: Access): OutboxStore {
  return { claimDue: write(claimDue), settle: write(settle), list: read(list), replay: write(replay) };
}

/** Puts the event of an answer into the outbox. */
export function raise(
  tables: Tables,
  { eventId, response }: { readonly eventId: string; readonly response: SurveyResponse },
): void {
  const { workspaceId, ticketId, rating, comment, respondedAt } = response;
  const event: OutboxEvent = {
    id: eventId,
    workspaceId,
    type: "ticket.csat_received",
    createdAt: respondedAt,
    data: { ticketId, rating, comment, respondedAt: respondedAt.toISOString() },
    deliveries: [],
  };
  tables.events.set(idKey(event), { event, settled: false, lease: null });
}

/** True when the event waits for its endpoints, or a delivery of it is due, and nobody holds it at `leasedAt`. */
export function isDueEvent(
  row: EventRow,
  { now, leasedAt }: { readonly now: Date; readonly leasedAt: Date },
): boolean {
  if (row.settled || (row.lease !== null && row.lease.until > leasedAt)) return false;
  const { deliveries } = row.event;
  return deliveries.length === 0 || deliveries.some((delivery) => isDueDelivery(delivery, now));
}

/** True when a delivery of the event was given up. */
export function isDead({ deliveries }: OutboxEvent): boolean {
  return deliveries.some(({ state }) => state === "gave_up");
}

function claimDue(tables: Tables, claim: ClaimRequest): readonly Claimed<OutboxEvent>[] {
  const leasedAt = tables.leaseClock.now();
  const due = tables.events
    .rows()
    .filter((row) => isAskedFor(row.event, claim) && isDueEvent(row, { now: claim.now, leasedAt }))
    .map((row) => ({
      ...row,
      workspaceId: row.event.workspaceId,

      dueAt: queuedAt(row.event),
    }));
  return inFairOrder(due)
    .slice(0, Math.max(0, claim.limit))
    .map(({ event, settled, lease }) => {
      const leaseId = crypto.randomUUID();
      const until = new Date(leasedAt.getTime() + claim.leaseForMs);
      tables.events.set(idKey(event), { event, settled, lease: { id: leaseId, until } });
      return { row: event, leaseId, resumed: lease !== null };
    });
}

function settle(
  tables: Tables,
  { workspaceId, id, leaseId, deliveries }: ClaimRef & { readonly deliveries: readonly Delivery[] },
): SettleOutcome {
  const row = tables.events.get(idKey({ workspaceId, id }));
  if (row === undefined || row.lease?.id !== leaseId) return "lost_lease";
  const settled = deliveries.every(({ state }) => state !== "pending");
  tables.events.set(idKey(row.event), { event: { ...row.event, deliveries }, settled, lease: null });
  return "done";
}

function list(
  tables: Tables,
  workspaceId: string,
  { dead, limit, cursor }: PageRequest & { readonly dead: boolean },
): Page<OutboxEvent> {
  const events = tables.events
    .rows()
    .map(({ event }) => event)
    .filter((event) => event.workspaceId === workspaceId && (!dead || isDead(event)));
  return newestFirst(events, { placeOf: ({ createdAt, id }) => ({ at: createdAt, id }), limit, cursor });
}

function replay(tables: Tables, workspaceId: string, eventId: string, now: Date): boolean {
  const row = tables.events.get(idKey({ workspaceId, id: eventId }));
  if (row === undefined || !isDead(row.event)) return false;
  const deliveries = row.event.deliveries.map((delivery): Delivery => {
    if (delivery.state !== "gave_up") return delivery;
    return { ...delivery, state: "pending", attempts: 0, retryAt: now, lastError: null };
  });
  // A holder who settles later knows nothing of the replay and would undo it: its lease ends here.
  tables.events.set(idKey(row.event), { event: { ...row.event, deliveries }, settled: false, lease: null });
  return true;
}

function isDueDelivery({ state, retryAt }: Delivery, now: Date): boolean {
  return state === "pending" && retryAt !== null && retryAt <= now;
}

/** Its place in the queue: its earliest pending delivery; without any, the time it was raised. */
function queuedAt({ createdAt, deliveries }: OutboxEvent): Date {
  const times = deliveries.flatMap(({ state, retryAt }) =>
    state === "pending" && retryAt !== null ? [retryAt.getTime()] : [],
  );
  return times.length === 0 ? createdAt : new Date(Math.min(...times));
}

function isAskedFor({ workspaceId, id }: OutboxEvent, { only, exceptWorkspaces }: ClaimRequest): boolean {
  if (exceptWorkspaces?.includes(workspaceId) === true) return false;
  return only === undefined || (only.workspaceId === workspaceId && only.id === id);
}
