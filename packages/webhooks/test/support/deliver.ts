import type { DeliveryResult, OutboxEvent } from "@csat/core";
import { type WebhookTransportOptions, webhookTransport } from "../../src/index.ts";
import { anEvent, secret } from "./events.ts";

/** One attempt at `url`, on this machine and over http unless `options` say otherwise. */
export async function deliverTo({
  url,
  event = anEvent(),
  signal = new AbortController().signal,
  options = {},
}: {
  readonly url: string;
  readonly event?: OutboxEvent;
  readonly signal?: AbortSignal;
  readonly options?: Partial<WebhookTransportOptions>;
}): Promise<DeliveryResult> {
  const transport = webhookTransport({
    endpoints: () => [{ id: "hook", url, secret }],
    allowPrivateAddresses: ["127.0.0.1"],
    ...options,
  });
  const [endpoint] = await transport.endpointsFor(event);
  if (endpoint === undefined) throw new Error("no endpoint");
  return transport.deliver(endpoint, event, signal);
}
