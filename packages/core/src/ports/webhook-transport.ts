import type { OutboxEvent } from "./storage/outbox.ts";

/** Delivers events to the receivers of a workspace. */
export interface WebhookTransport {
  /** Endpoints subscribed to this event; asked once per event, before its first attempt. */
  endpointsFor(event: OutboxEvent): Promise<readonly WebhookEndpoint[]>;
  /** One attempt, freshly signed. A failure of HTTP or the network is a result, never an exception. */
  deliver(endpoint: WebhookEndpoint, event: OutboxEvent, signal: AbortSignal): Promise<DeliveryResult>;
}

/** One receiver. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
}

/** What became of one attempt. `retryAfterMs` is what the receiver asked for; null when it said nothing. */
export type DeliveryResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly retryable: boolean;
      readonly retryAfterMs: number | null;
      readonly error: string;
    };
