import type { DeliveryResult, OutboxEvent, WebhookTransport } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";

interface Receivers extends WebhookTransport {
  readonly calls: { readonly endpointId: string; readonly event: OutboxEvent }[];
  readonly answers: Map<string, DeliveryResult>;
  ids: readonly string[];
}

function receivers(...ids: readonly string[]): Receivers {
  const transport: Receivers = {
    calls: [],
    answers: new Map(),
    ids,
    endpointsFor: async () => transport.ids.map((id) => ({ id, url: `https://${id}.example.com/` })),
    deliver: async ({ id }, event) => {
      transport.calls.push({ endpointId: id, event });
      return transport.answers.get(id) ?? { ok: true };
    },
  };
  return transport;
}

const down: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };

async function answered(make: MakeWorld, webhooks: WebhookTransport) {
  const world = await make({ options: { webhooks } });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 5, "Fine");
  return world;
}

onEveryStorage("delivering events", (make) => {
  test("the answer does not wait for receivers; each endpoint gets the event once", async () => {
    // S52
    const webhooks = receivers("a", "b");
    const world = await answered(make, webhooks);
    expect(webhooks.calls).toEqual([]);
    expect(world.scheduler.scheduled.at(-1)).toMatchObject({
      job: { kind: "deliver_event", workspaceId, attempt: 0 },
      runAt: world.clock.now(),
    });
    expect(await world.csat.runDue()).toMatchObject({ delivered: 2 });
    expect(await world.csat.runDue()).toMatchObject({ delivered: 0 });
    expect(webhooks.calls.map(({ endpointId }) => endpointId).toSorted()).toEqual(["a", "b"]);
    expect(webhooks.calls[0]?.event.data).toEqual({
      ticketId: "T1",
      rating: 5,
      comment: "Fine",
      respondedAt: "2026-03-02T13:00:00.000Z",
    });
  });

  test("a failing endpoint is tried six times by itself, then given up, listed and replayable under the same id", async () => {
    // S54
    const webhooks = receivers("bad", "good");
    webhooks.answers.set("bad", down);
    const world = await answered(make, webhooks);
    const tries = () => webhooks.calls.filter(({ endpointId }) => endpointId === "bad").length;
    const counts: number[] = [];
    await world.csat.runDue();
    counts.push(tries());
    expect(world.scheduler.scheduled.at(-1)).toMatchObject({
      job: { kind: "deliver_event", attempt: 1 },
      runAt: new Date("2026-03-02T13:01:00.000Z"),
    });
    for (const minutes of [1, 5, 30, 120, 360]) {
      await world.pass({ ms: minutes * 60_000 - 1 });
      counts.push(tries());
      await world.pass({ ms: 1 });
      counts.push(tries());
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
    await world.pass({ hours: 48 });
    expect(tries()).toBe(6);
    expect(await world.csat.health()).toMatchObject({ deadEvents: 1, dueEvents: 0 });
    const [event] = (await world.csat.listEvents(workspaceId, { dead: true })).items;
    expect(event?.deliveries.map(({ endpointId, state, attempts }) => [endpointId, state, attempts])).toEqual(
      [
        ["bad", "gave_up", 6],
        ["good", "delivered", 1],
      ],
    );

    webhooks.answers.delete("bad");
    expect(await world.csat.replayEvent(workspaceId, event?.id ?? "")).toBe(true);
    expect(await world.csat.runDue()).toMatchObject({ delivered: 1 });
    expect(webhooks.calls.at(-1)).toMatchObject({ endpointId: "bad", event: { id: event?.id } });
    expect(await world.csat.replayEvent(workspaceId, event?.id ?? "")).toBe(false);
    expect((await world.csat.listEvents(workspaceId, { dead: true })).items).toEqual([]);
  });

  test("a receiver that asks for a longer pause gets it, one that is gone is given up at once", async () => {
    // S54
    const webhooks = receivers("busy", "gone");
    webhooks.answers.set("busy", { ...down, retryAfterMs: 600_000 });
    webhooks.answers.set("gone", { ok: false, retryable: false, retryAfterMs: null, error: "HTTP 410" });
    const world = await answered(make, webhooks);
    await world.csat.runDue();
    await world.pass({ ms: 599_999 });
    expect(webhooks.calls).toHaveLength(2);
    await world.pass({ ms: 1 });
    expect(webhooks.calls.map(({ endpointId }) => endpointId).toSorted()).toEqual(["busy", "busy", "gone"]);
  });

  test("an endpoint that was removed gets no more and leaves no dead letter, one that is new does not get old events", async () => {
    // S54
    const webhooks = receivers("old");
    webhooks.answers.set("old", down);
    const world = await answered(make, webhooks);
    await world.csat.runDue();
    webhooks.ids = ["new"];
    await world.pass({ minutes: 1 });
    expect(webhooks.calls).toHaveLength(1);
    expect((await world.csat.listEvents(workspaceId, { dead: true })).items).toEqual([]);
    expect(await world.csat.health()).toMatchObject({ dueEvents: 0, deadEvents: 0 });
  });

  test("a test event goes to each endpoint at once and is stored nowhere", async () => {
    const webhooks = receivers("a", "b");
    webhooks.answers.set("b", down);
    const world = await make({ options: { webhooks } });
    expect(await world.csat.sendTestEvent(workspaceId)).toEqual([
      { endpointId: "a", ok: true, error: null },
      { endpointId: "b", ok: false, error: "HTTP 503" },
    ]);
    expect(webhooks.calls.map(({ event }) => event.type)).toEqual(["csat.test", "csat.test"]);
    expect((await world.csat.listEvents(workspaceId)).items).toEqual([]);
  });
});
