import type { DeliveryResult, JobHandler, OutboxEvent, Scheduler, WebhookTransport } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const down: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };

/** Receivers whose answers come when the test says so. */
function heldReceivers() {
  const begun: OutboxEvent[] = [];
  const held = new Map<OutboxEvent, (result: DeliveryResult) => void>();
  let most = 0;
  const webhooks: WebhookTransport = {
    endpointsFor: async (event) => [{ id: "crm", url: `https://${event.workspaceId}.example.com/` }],
    deliver: (_endpoint, event) =>
      new Promise((resolve) => {
        begun.push(event);
        held.set(event, resolve);
        most = Math.max(most, held.size);
      }),
  };
  const answer = (result: DeliveryResult = { ok: true }) => {
    for (const [event, end] of held) {
      held.delete(event);
      end(result);
    }
  };
  return { webhooks, begun, held, answer, most: () => most };
}

/** Raises events: that many answers in each workspace. */
async function raise(world: World<DrizzleTx>, counts: Readonly<Record<string, number>>): Promise<void> {
  const already = world.mailer.accepted.length;
  for (const [workspace, count] of Object.entries(counts)) {
    await world.csat.updateSettings(workspace, { enabled: true, sendDelay: "immediately" });
    for (let place = 0; place < count; place++) {
      const ticketId = `${workspace}-${place}`;
      world.ticket(ticketId, { status: "resolved" });
      const resolvedAt = world.clock.now();
      await world.csat.ticketResolved({ workspaceId: workspace, ticketId, actorId: null, resolvedAt });
    }
  }
  await world.csat.runDue();
  for (const mail of world.mailer.accepted.slice(already)) await world.answer(mail, 4);
}

async function endsWith(receivers: ReturnType<typeof heldReceivers>, run: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = run.finally(() => {
    isOver = true;
  });
  const answerAll = () => {
    receivers.answer();
    return isOver;
  };
  await expect.poll(answerAll).toBe(true);
  await over;
}

onEveryStorage("slow receivers", (make) => {
  test("one workspace's hold half of a worker's places at most, and another's event does not wait for them", async () => {
    // S58
    const receivers = heldReceivers();
    const world = await make({ options: { webhooks: receivers.webhooks } });
    await raise(world, { slow: 20, other: 1 });
    const running = world.csat.runDue();
    // A worker that runs what is due has ten places.
    await expect.poll(() => receivers.held.size).toBe(6);
    const at = [...receivers.held.keys()].map((event) => event.workspaceId).toSorted();
    expect(at).toEqual(["other", "slow", "slow", "slow", "slow", "slow"]);
    await endsWith(receivers, running);
    expect(receivers.begun).toHaveLength(21);
    expect(receivers.most()).toBe(6);
  });

  test("every delivery counts, however many end at once", async () => {
    const receivers = heldReceivers();
    const webhooks = { ...receivers.webhooks, deliver: async () => ({ ok: true }) as const };
    const world = await make({ options: { webhooks } });
    await raise(world, { a: 12, b: 3 });
    expect(await world.csat.runDue()).toMatchObject({ delivered: 15 });
  });

  test("one that ends makes room for the next, whatever the others do", async () => {
    const receivers = heldReceivers();
    const world = await make({ options: { webhooks: receivers.webhooks } });
    await raise(world, { a: 5, b: 5, c: 2 });
    const running = world.csat.runDue();
    await expect.poll(() => receivers.held.size).toBe(10);
    const [, ...rest] = [...receivers.held];
    for (const [event, end] of rest.slice(0, 3)) {
      receivers.held.delete(event);
      end({ ok: true });
    }
    await expect.poll(() => receivers.begun.length).toBe(12);
    await endsWith(receivers, running);
  });

  test("what failed together comes back spread over a fifth of the pause, the first at its time", async () => {
    // S54
    const receivers = heldReceivers();
    const world = await make({
      options: { webhooks: { ...receivers.webhooks, deliver: async () => down } },
    });
    await raise(world, { [workspaceId]: 12 });
    await world.csat.runDue();
    const { items } = await world.csat.listEvents(workspaceId);
    const pauses = items.flatMap(({ deliveries }) =>
      deliveries.map(({ retryAt }) => (retryAt?.getTime() ?? 0) - world.clock.now().getTime()),
    );
    expect(Math.min(...pauses)).toBe(60_000);
    expect(Math.max(...pauses)).toBeLessThan(72_000);
    expect(new Set(pauses).size).toBeGreaterThan(8);
  });

  test("a transport that throws has made its attempt: six of them, and no other endpoint gets the event twice", async () => {
    // S54
    const calls: string[] = [];
    const webhooks: WebhookTransport = {
      endpointsFor: async () => ["good", "broken"].map((id) => ({ id, url: `https://${id}.example.com/` })),
      deliver: async ({ id }) => {
        calls.push(id);
        if (id === "broken") throw new TypeError("not mine to say");
        return { ok: true };
      },
    };
    const world = await make({ options: { webhooks } });
    await raise(world, { [workspaceId]: 1 });
    await world.csat.runDue();
    for (const minutes of [1, 5, 30, 120, 360, 720]) await world.pass({ minutes });
    expect(calls.filter((id) => id === "good")).toHaveLength(1);
    expect(calls.filter((id) => id === "broken")).toHaveLength(6);
    const [event] = (await world.csat.listEvents(workspaceId, { dead: true })).items;
    expect(event?.deliveries[1]).toMatchObject({ state: "gave_up", attempts: 6 });
    expect(event?.deliveries[1]?.lastError).toBe("the transport threw TypeError");
  });

  test("a wake-up that comes while enough is under way is made up for when one of those ends", async () => {
    const receivers = heldReceivers();
    const handlers: JobHandler[] = [];
    const scheduler: Scheduler = {
      schedule: async () => {},
      cancel: async () => {},
      start: async ({ run }) => {
        handlers.push(run);
        return { stop: async () => {} };
      },
    };
    const world = await make({ options: { scheduler, webhooks: receivers.webhooks } });
    await raise(world, { [workspaceId]: 2 });
    await world.csat.startWorker({ concurrency: 2 });
    const { items } = await world.csat.listEvents(workspaceId);
    const [first, second] = items.map(({ id }) =>
      handlers[0]?.(
        { kind: "deliver_event", workspaceId, eventId: id, attempt: 0 },
        new AbortController().signal,
      ),
    );
    await second;
    await expect.poll(() => receivers.begun.length).toBe(1);
    receivers.answer();
    await expect.poll(() => receivers.begun.length).toBe(2);
    receivers.answer();
    await first;
    expect(new Set(receivers.begun.map(({ id }) => id)).size).toBe(2);
    expect(await world.csat.health()).toMatchObject({ dueEvents: 0 });
  });
});
