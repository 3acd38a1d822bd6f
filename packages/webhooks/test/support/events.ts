import type { OutboxEvent } from "@csat/core";

/** 24 bytes, 0 to 23. */
export const secret = `whsec_${Buffer.from(Array.from({ length: 24 }, (_, index) => index)).toString("base64")}`;

/** The secret that follows it: 24 bytes, 100 to 123. */
export const nextSecret = `whsec_${Buffer.from(Array.from({ length: 24 }, (_, index) => 100 + index)).toString("base64")}`;

type Received = Extract<OutboxEvent, { readonly type: "ticket.csat_received" | "csat.test" }>;

/** An answer of five stars at noon. */
export function anEvent(given: Partial<Received> = {}): Received {
  return {
    id: "event-1",
    workspaceId: "acme",
    type: "ticket.csat_received",
    createdAt: new Date("2026-03-01T12:00:00.000Z"),
    data: {
      ticketId: "T1",
      rating: 5,
      comment: "Thanks — 素晴らしい",
      respondedAt: "2026-03-01T11:59:59.123Z",
    },
    deliveries: [],
    ...given,
  };
}
