import { CsatError, type CsatReceived, type Delivery, ratings } from "@csat/core";

/** Reads what was stored as an event's deliveries. */
export function readDeliveries(json: string): readonly Delivery[] {
  const stored: unknown = JSON.parse(json);
  if (!Array.isArray(stored)) throw unreadable("deliveries");
  return stored.map((entry: unknown) => {
    const endpointId = field(entry, "endpointId");
    const state = field(entry, "state");
    const attempts = field(entry, "attempts");
    const retryAt = field(entry, "retryAt");
    const lastError = field(entry, "lastError");
    if (typeof endpointId !== "string" || typeof attempts !== "number" || !isState(state)) {
      throw unreadable("deliveries");
    }
    return {
      endpointId,
      state,
      attempts,
      retryAt: typeof retryAt === "string" ? new Date(retryAt) : null,
      lastError: typeof lastError === "string" ? lastError : null,
    };
  });
}

/** Reads what was stored as an event's data, in the order in which receivers get its keys. */
export function readEventData(json: string): CsatReceived {
  const stored: unknown = JSON.parse(json);
  const ticketId = field(stored, "ticketId");
  const rating = ratings.find((known) => known === field(stored, "rating"));
  const comment = field(stored, "comment");
  const respondedAt = field(stored, "respondedAt");
  if (typeof ticketId !== "string" || rating === undefined || typeof respondedAt !== "string") {
    throw unreadable("data");
  }
  return { ticketId, rating, comment: typeof comment === "string" ? comment : null, respondedAt };
}

/**
 * When an event must be looked at again: the next attempt of a pending delivery. `infinity` when one is pending without
 * a time, null when none is pending: the event is settled.
 */
export function nextAttempt(deliveries: readonly Delivery[]): string | null {
  const pending = deliveries.filter((delivery) => delivery.state === "pending");
  if (pending.length === 0) return null;
  const times = pending.flatMap((delivery) =>
    delivery.retryAt === null ? [] : [delivery.retryAt.getTime()],
  );
  return times.length === 0 ? "infinity" : new Date(Math.min(...times)).toISOString();
}

/** A state that a newer release wrote is passed on as it stands, to be listed; such an event is never claimed. */
function isState(value: unknown): value is Delivery["state"] {
  return typeof value === "string";
}

function field(source: unknown, key: string): unknown {
  if (typeof source !== "object" || source === null || !(key in source)) return undefined;
  return Reflect.get(source, key);
}

function unreadable(column: string): CsatError {
  return new CsatError(
    "storage_failed",
    `The column ${column} of an event holds something this release cannot read.`,
  );
}
