import type { DeliveryResult, OutboxEvent } from "@csat/core";
import { expectPresent } from "../assertions.ts";
import { type Given, minute, uniqueId } from "../builders.ts";
import type { WebhookTransportFixture } from "../case.ts";
import type { ReceivedPost } from "./receiver.ts";

/** An event that tells of an answer. */
type Received = Extract<OutboxEvent, { readonly type: "ticket.csat_received" | "csat.test" }>;

/** An answer of four stars, raised at minute 120. */
export function anOutboxEvent(given: Given<Received> = {}): Received {
  return {
    id: given.id ?? uniqueId("event"),
    workspaceId: given.workspaceId ?? "acme",
    type: given.type ?? "ticket.csat_received",
    createdAt: given.createdAt ?? minute(120),
    data: given.data ?? {
      ticketId: "T1",
      rating: 4,
      comment: "Thanks — 素晴らしい",
      respondedAt: minute(120).toISOString(),
    },
    deliveries: [],
  };
}

/** One attempt at a path of the receiver, for the first endpoint that the transport names. */
export async function deliverTo({
  fixture: { transport, origin },
  path = "/",
  event = anOutboxEvent(),
  signal = new AbortController().signal,
}: {
  readonly fixture: WebhookTransportFixture;
  readonly path?: string;
  readonly event?: OutboxEvent;
  readonly signal?: AbortSignal;
}): Promise<DeliveryResult> {
  const [first] = await transport.endpointsFor(event);
  const { id } = expectPresent(first, "an endpoint");
  return transport.deliver({ id, url: `${origin}${path}` }, event, signal);
}

/** The POSTs that the receiver got so far, oldest first. */
export async function receivedBy({ origin }: WebhookTransportFixture): Promise<readonly ReceivedPost[]> {
  const answer = await fetch(`${origin}/received`);
  // The receiver's contract: `startWebhookReceiver` says what it lists.
  return (await answer.json()) as readonly ReceivedPost[];
}
