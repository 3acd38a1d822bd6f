import type { DeliveryResult, OutboxEvent } from "@csat/core";
import { expect, test } from "vitest";
import { memoryWebhookTransport } from "./webhook-transport.ts";

const event: OutboxEvent = {
  id: "e1",
  workspaceId: "acme",
  type: "ticket.csat_received",
  createdAt: new Date("2026-03-01T12:00:00.000Z"),
  data: { ticketId: "T1", rating: 5, comment: null, respondedAt: "2026-03-01T12:00:00.000Z" },
  deliveries: [],
};
const endpoint = { id: "hook", url: "https://hooks.example/csat" };
const down: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "503" };
const patient = () => new AbortController().signal;

test("without endpoints nobody is subscribed; given ones hold for every event, or as a function says", async () => {
  const transport = memoryWebhookTransport();
  expect(await transport.endpointsFor(event)).toEqual([]);
  transport.setEndpoints([endpoint]);
  expect(await transport.endpointsFor(event)).toEqual([endpoint]);
  const own = memoryWebhookTransport({
    endpoints: ({ workspaceId }) => (workspaceId === "acme" ? [endpoint] : []),
  });
  expect(await own.endpointsFor(event)).toEqual([endpoint]);
  expect(await own.endpointsFor({ ...event, workspaceId: "globex" })).toEqual([]);
});

test("deliveries succeed unless told otherwise, and all are kept", async () => {
  const transport = memoryWebhookTransport();
  transport.answerNext(down);
  expect(await transport.deliver(endpoint, event, patient())).toEqual(down);
  expect(await transport.deliver(endpoint, event, patient())).toEqual({ ok: true });
  transport.answerWith(({ endpoint: { id } }) => ({ ...down, error: id }));
  expect(await transport.deliver(endpoint, event, patient())).toEqual({ ...down, error: "hook" });
  expect(transport.deliveries.map(({ result }) => result.ok)).toEqual([false, true, false]);
  expect(transport.deliveries[0]).toEqual({ endpoint, event, result: down });
  transport.clear();
  expect(transport.deliveries).toEqual([]);
});

test("an abort ends a delivery as one to repeat, before it and during it", async () => {
  const transport = memoryWebhookTransport({ result: () => new Promise<DeliveryResult>(() => {}) });
  const aborted = { ok: false, retryable: true, retryAfterMs: null, error: "aborted" };
  expect(await transport.deliver(endpoint, event, AbortSignal.abort())).toEqual(aborted);
  const aborting = new AbortController();
  const delivering = transport.deliver(endpoint, event, aborting.signal);
  aborting.abort();
  expect(await delivering).toEqual(aborted);
});
