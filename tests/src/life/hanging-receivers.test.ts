import type { WebhookTransport } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { afterEach, expect, test, vi } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";

afterEach(() => {
  vi.useRealTimers();
});
const leaseMs = 60_000;

// Outcomes wait a moment for others that are written with them.
const writingMs = 10;

/** An answered survey, whose event goes to `webhooks`. From here on time stands still until it is moved. */
async function anEventFor(webhooks: WebhookTransport) {
  const world = await aWorld<never>({ storage: memoryStorage(), options: { webhooks, leaseForMs: leaseMs } });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 4);
  vi.useFakeTimers();
  return world;
}

test("a transport that neither answers nor heeds its signal has failed when nine tenths of the lease are over; the others' attempts count", async () => {
  // S54
  const calls: string[] = [];
  const world = await anEventFor({
    endpointsFor: async () => ["hung", "good"].map((id) => ({ id, url: `https://${id}.example.com/` })),
    deliver: ({ id }) => {
      calls.push(id);
      return id === "hung" ? new Promise(() => {}) : Promise.resolve({ ok: true });
    },
  });
  const running = world.csat.runDue();
  await vi.advanceTimersByTimeAsync(0.9 * leaseMs + writingMs);
  expect(await running).toMatchObject({ delivered: 1 });
  const [event] = (await world.csat.listEvents(workspaceId)).items;
  expect(event?.deliveries).toMatchObject([
    { endpointId: "hung", state: "pending", attempts: 1, lastError: "no answer before the lease ended" },
    { endpointId: "good", state: "delivered", attempts: 1 },
  ]);
  expect(calls).toEqual(["hung", "good"]);
});

test("a host that never says who its endpoints are holds a worker no longer than a lease, and the event waits", async () => {
  const world = await anEventFor({
    endpointsFor: () => new Promise(() => {}),
    deliver: async () => ({ ok: true }),
  });
  const running = world.csat.runDue();
  await vi.advanceTimersByTimeAsync(0.9 * leaseMs + writingMs);
  expect(await running).toMatchObject({ delivered: 0 });
  const [event] = (await world.csat.listEvents(workspaceId)).items;
  expect(event?.deliveries).toEqual([]);
});
