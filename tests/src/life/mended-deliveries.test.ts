import type { DeliveryResult, WebhookTransport } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { testClock } from "../world/outside.ts";
import { inMemory } from "../world/storages.ts";

/** One answered survey, whose event is not yet delivered. */
async function anEventFor(webhooks: WebhookTransport) {
  const world = await aWorld<never>({ storage: inMemory(), options: { webhooks } });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 4);
  return world;
}

const endpoint = (id: string) => ({ id, url: `https://${id}.example.com/` });

test("a host that cannot name its endpoints is asked ever more rarely, then no more; a replay asks again", async () => {
  // S54
  let asked = 0;
  let isBroken = true;
  const delivered: string[] = [];
  const world = await anEventFor({
    endpointsFor: async () => {
      asked += 1;
      if (isBroken) throw new Error("the host's database is down");
      return [endpoint("crm")];
    },
    deliver: async ({ id }) => {
      delivered.push(id);
      return { ok: true };
    },
  });
  await world.csat.runDue();
  // A minute's sweep for eight days would ask 11,520 times.
  for (let minute = 0; minute < 8 * 24 * 60; minute += 15) await world.pass({ minutes: 15 });
  expect(asked).toBeGreaterThan(24);
  expect(asked).toBeLessThan(300);
  expect(await world.csat.health()).toMatchObject({ dueEvents: 0, deadEvents: 1 });
  const [event] = (await world.csat.listEvents(workspaceId, { dead: true })).items;
  expect(event?.deliveries).toEqual([]);

  // Lateness counts from the replay: a host that is still down is asked again later.
  expect(await world.csat.replayEvent(workspaceId, event?.id ?? "")).toBe(true);
  await world.csat.runDue();
  expect(await world.csat.health()).toMatchObject({ deadEvents: 0 });
  for (let hour = 0; hour < 8 * 24; hour++) await world.pass({ hours: 1 });
  expect(await world.csat.health()).toMatchObject({ deadEvents: 1 });

  isBroken = false;
  expect(await world.csat.replayEvent(workspaceId, event?.id ?? "")).toBe(true);
  expect(world.scheduler.scheduled.at(-1)).toMatchObject({
    job: { kind: "deliver_event", eventId: event?.id },
    runAt: world.clock.now(),
  });
  await world.csat.runDue();
  expect(delivered).toEqual(["crm"]);
  expect(await world.csat.health()).toMatchObject({ dueEvents: 0, deadEvents: 0 });
  expect(await world.csat.replayEvent(workspaceId, event?.id ?? "")).toBe(false);
});

test("a replay during a delivery stands, whatever the holder settles late", async () => {
  // S54
  const held: (() => void)[] = [];
  const calls: string[] = [];
  const world = await anEventFor({
    endpointsFor: async () => [endpoint("gone"), endpoint("slow")],
    deliver: async ({ id }) => {
      calls.push(id);
      if (id === "gone") return { ok: false, retryable: false, retryAfterMs: null, error: "HTTP 410" };
      if (calls.filter((call) => call === "slow").length === 2)
        await new Promise<void>((resolve) => held.push(resolve));
      return { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };
    },
  });
  await world.csat.runDue();
  world.clock.move(60_000);
  const late = world.csat.runDue();
  await expect.poll(() => held.length).toBe(1);
  const [event] = (await world.csat.listEvents(workspaceId)).items;
  expect(await world.csat.replayEvent(workspaceId, event?.id ?? "")).toBe(true);
  for (const resolve of held) resolve();
  await late;
  expect((await world.csat.listEvents(workspaceId)).items[0]?.deliveries[0]).toMatchObject({
    endpointId: "gone",
    state: "pending",
    attempts: 0,
  });
});

test("a worker whose lease ended during a delivery writes nothing over the one who has taken over", async () => {
  // S54
  const leases = testClock();
  const held: ((result: DeliveryResult) => void)[] = [];
  const world = await aWorld<never>({
    storage: memoryStorage({ clock: leases }),
    options: {
      webhooks: {
        endpointsFor: async () => [endpoint("crm")],
        deliver: () => new Promise((resolve) => held.push(resolve)),
      },
    },
  });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 4);
  const late = world.csat.runDue();
  await expect.poll(() => held.length).toBe(1);
  leases.move(3_600_000);
  const newer = world.anotherProcess().runDue();
  await expect.poll(() => held.length).toBe(2);

  held[0]?.({ ok: false, retryable: false, retryAfterMs: null, error: "HTTP 410" });
  expect(await late).toMatchObject({ delivered: 0 });
  const deliveries = async () => (await world.csat.listEvents(workspaceId)).items[0]?.deliveries;
  expect(await deliveries()).toEqual([]);
  // Nor is it anybody else's meanwhile.
  await world.csat.runDue();
  expect(held).toHaveLength(2);
  held[1]?.({ ok: true });
  expect(await newer).toMatchObject({ delivered: 1 });
  expect(await deliveries()).toMatchObject([{ state: "delivered", attempts: 1 }]);
});
