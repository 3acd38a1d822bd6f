import {
  type DeliveryResult,
  type OutboxEvent,
  type WebhookEndpoint,
  type WebhookTransport,
  withDeadline,
} from "@csat/core";
import { requireOptions } from "./check-options.ts";
import { type Answering, script } from "./script.ts";

/** One event on its way to one endpoint. */
export interface WebhookCall {
  readonly endpoint: WebhookEndpoint;
  readonly event: OutboxEvent;
}

/** A call and how it ended. */
export interface WebhookDelivery extends WebhookCall {
  readonly result: DeliveryResult;
}

/** A transport that keeps what it is given. */
export interface MemoryWebhookTransport extends WebhookTransport {
  /** Every attempt that was answered, oldest first. */
  readonly deliveries: readonly WebhookDelivery[];
  /** Replaces the endpoints that later events are asked about. */
  setEndpoints(endpoints: readonly WebhookEndpoint[]): void;
  /** What to answer from now on: a result, or a function of the call. One that throws makes `deliver` reject. */
  answerWith(result: Answering<WebhookCall, DeliveryResult>): void;
  /** Results for the next attempts, one each; after them the standing one counts again. */
  answerNext(...results: readonly Answering<WebhookCall, DeliveryResult>[]): void;
  /** Forgets deliveries; endpoints and results to come stay. */
  clear(): void;
}

/** Settings of `memoryWebhookTransport`. */
export interface MemoryWebhookTransportOptions {
  /** Who gets the events: a list for every workspace alike, or a function of the event. None by default. */
  readonly endpoints?: readonly WebhookEndpoint[] | ((event: OutboxEvent) => readonly WebhookEndpoint[]);
  /** What endpoints answer. All take everything by default. */
  readonly result?: Answering<WebhookCall, DeliveryResult>;
}

/**
 * A webhook transport for tests and first steps: nothing leaves the process, all of it stays in its memory until
 * `clear`. An attempt that is aborted fails for now and may be repeated.
 * @throws CsatError `invalid_config`
 */
export function memoryWebhookTransport(options: MemoryWebhookTransportOptions = {}): MemoryWebhookTransport {
  requireOptions(options, "memoryWebhookTransport");
  const results = script<WebhookCall, DeliveryResult>(options.result ?? { ok: true });
  const deliveries: WebhookDelivery[] = [];
  let endpoints = options.endpoints ?? [];

  return {
    deliveries,
    async endpointsFor(event) {
      return typeof endpoints === "function" ? endpoints(event) : endpoints;
    },
    async deliver(endpoint, event, signal) {
      const aborted: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "aborted" };
      const result = await withDeadline({
        work: () => results.answer({ endpoint, event }),
        signal,
        otherwise: () => aborted,
      });
      deliveries.push({ endpoint, event, result });
      return result;
    },
    setEndpoints: (given) => {
      endpoints = given;
    },
    answerWith: results.always,
    answerNext: results.next,
    clear: () => {
      deliveries.length = 0;
    },
  };
}
