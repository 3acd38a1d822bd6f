import type { Delivery, OutboxEvent, SurveyResponse } from "@csat/core";
import type { events, StoredDelivery } from "./schema.ts";

/** An event, when it is due, and who is delivering it. */
export type EventRow = typeof events.$inferSelect;

/** The event of an answer. Until its endpoints are asked for, `wakeAt` is but its place in the queue: it is due at once. */
export function newEvent({
  eventId,
  response,
}: {
  readonly eventId: string;
  readonly response: SurveyResponse;
}): EventRow {
  const { workspaceId, ticketId, rating, comment, respondedAt } = response;
  return {
    workspaceId,
    id: eventId,
    ticketId,
    rating,
    comment,
    createdAt: respondedAt,
    deliveries: [],
    wakeAt: respondedAt,
    dead: false,
    leaseId: null,
    leaseUntil: null,
  };
}

/** The columns that follow from an event's deliveries. Settled, without a time to wake at, when none is pending. */
export function withDeliveries(
  deliveries: readonly Delivery[],
): Pick<EventRow, "deliveries" | "wakeAt" | "dead"> {
  const times = deliveries.flatMap(({ state, retryAt }) =>
    state === "pending" && retryAt !== null ? [retryAt.getTime()] : [],
  );
  return {
    deliveries: deliveries.map(stored),
    wakeAt: times.length === 0 ? null : new Date(Math.min(...times)),
    dead: deliveries.some(({ state }) => state === "gave_up"),
  };
}

/** Only what the port calls an event. */
export function toEvent(row: EventRow): OutboxEvent {
  const { id, workspaceId, ticketId, rating, comment, createdAt, deliveries } = row;
  return {
    id,
    workspaceId,
    type: "ticket.csat_received",
    createdAt,
    data: { ticketId, rating, comment, respondedAt: createdAt.toISOString() },
    deliveries: deliveries.map(read),
  };
}

function stored({ endpointId, state, attempts, retryAt, lastError }: Delivery): StoredDelivery {
  return { endpointId, state, attempts, retryAt: retryAt?.getTime() ?? null, lastError };
}

function read({ endpointId, state, attempts, retryAt, lastError }: StoredDelivery): Delivery {
  return { endpointId, state, attempts, retryAt: retryAt === null ? null : new Date(retryAt), lastError };
}
