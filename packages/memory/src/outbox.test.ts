import type { Delivery } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { memoryStorage } from "./storage.ts";

const minute = (minutes: number): Date => new Date(Date.UTC(2026, 2, 1, 12, minutes));
const claim = { leaseForMs: 60_000, limit: 10 };
const page = { workspaceId: "acme", workspaceName: "Acme", ticketSubject: "Printer", locale: null };

/** A storage with the event e1 of an answer at minute 5. */
async function anOutbox() {
  const clock = fakeClock();
  const storage = memoryStorage({ clock });
  await storage.surveys.arm([
    { workspaceId: "acme", ticketId: "T1", id: "s1", resolvedAt: minute(0), dueAt: minute(0) },
  ]);
  const [claimed] = await storage.surveys.claimDue({ ...claim, now: minute(0) });
  const send = { workspaceId: "acme", id: "s1", leaseId: claimed?.leaseId ?? "" };
  await storage.surveys.beginSend(send, { tokenHash: "h1", page, leaseForMs: 60_000 });
  const answer = {
    tokenHash: "h1",
    rating: 4,
    comment: "Fine",
    respondedAt: minute(5),
    eventId: "e1",
  } as const;
  await storage.responses.record(answer);
  return { clock, storage };
}

const delivery = (change: Partial<Delivery>): Delivery => ({
  endpointId: "hook",
  state: "pending",
  attempts: 1,
  retryAt: minute(6),
  lastError: null,
  ...change,
});

test("an event waits for its endpoints, is leased to one, and comes back when the lease ends", async () => {
  // S52
  const { clock, storage } = await anOutbox();
  const [first] = await storage.outbox.claimDue({ ...claim, now: minute(5) });
  expect(first).toMatchObject({ resumed: false, row: { id: "e1", deliveries: [] } });
  expect(await storage.outbox.claimDue({ ...claim, now: minute(9) })).toEqual([]);
  await clock.advance(60_000);
  const [second] = await storage.outbox.claimDue({ ...claim, now: minute(9) });
  expect(second?.resumed).toBe(true);
  const late = { workspaceId: "acme", id: "e1", leaseId: first?.leaseId ?? "", deliveries: [] };
  expect(await storage.outbox.settle(late)).toBe("lost_lease");
});

test("an event is due again at its earliest pending delivery, and settled when none is pending", async () => {
  // S54
  const { storage } = await anOutbox();
  const settle = async (now: Date, deliveries: readonly Delivery[]) => {
    const [claimed] = await storage.outbox.claimDue({ ...claim, now });
    return storage.outbox.settle({
      workspaceId: "acme",
      id: "e1",
      leaseId: claimed?.leaseId ?? "",
      deliveries,
    });
  };
  const delivered = delivery({ endpointId: "other", state: "delivered", retryAt: null });
  await settle(minute(5), [delivery({ retryAt: minute(9) }), delivery({ retryAt: minute(7) }), delivered]);
  expect(await storage.outbox.claimDue({ ...claim, now: new Date(minute(7).getTime() - 1) })).toEqual([]);
  expect(await settle(minute(7), [delivered])).toBe("done");
  expect(await storage.outbox.claimDue({ ...claim, now: minute(99) })).toEqual([]);
  expect((await storage.backlog(minute(99))).dueEvents).toBe(0);
});

test("an event nobody subscribed to is settled", async () => {
  const { storage } = await anOutbox();
  const [claimed] = await storage.outbox.claimDue({ ...claim, now: minute(5) });
  await storage.outbox.settle({
    workspaceId: "acme",
    id: "e1",
    leaseId: claimed?.leaseId ?? "",
    deliveries: [],
  });
  expect(await storage.outbox.claimDue({ ...claim, now: minute(99) })).toEqual([]);
  expect((await storage.outbox.list("acme", { dead: false, limit: 9, cursor: null })).items).toHaveLength(1);
});

test("a replay makes what was given up due now, with no attempts, and leaves the rest", async () => {
  // S54
  const { storage } = await anOutbox();
  const [claimed] = await storage.outbox.claimDue({ ...claim, now: minute(5) });
  const delivered = delivery({ endpointId: "other", state: "delivered", retryAt: null });
  const dead = delivery({ state: "gave_up", attempts: 6, retryAt: null, lastError: "500" });
  const lease = { workspaceId: "acme", id: "e1", leaseId: claimed?.leaseId ?? "" };
  await storage.outbox.settle({ ...lease, deliveries: [delivered, dead] });
  expect(await storage.backlog(minute(9))).toMatchObject({ deadEvents: 1, dueEvents: 0 });
  expect(await storage.outbox.replay("globex", "e1", minute(9))).toBe(false);
  expect(await storage.outbox.replay("acme", "e2", minute(9))).toBe(false);
  expect(await storage.outbox.replay("acme", "e1", minute(9))).toBe(true);
  expect(await storage.outbox.replay("acme", "e1", minute(9))).toBe(false);
  expect(await storage.backlog(minute(9))).toMatchObject({ deadEvents: 0, dueEvents: 1 });
  const [again] = await storage.outbox.claimDue({ ...claim, now: minute(9) });
  expect(again?.row.deliveries).toEqual([
    delivered,
    { ...dead, state: "pending", attempts: 0, retryAt: minute(9), lastError: null },
  ]);
});

test("a replay during a delivery is not undone by it", async () => {
  const { storage } = await anOutbox();
  const [first] = await storage.outbox.claimDue({ ...claim, now: minute(5) });
  const deliveries = [delivery({ state: "gave_up", retryAt: null }), delivery({ endpointId: "other" })];
  const lease = { workspaceId: "acme", id: "e1" };
  await storage.outbox.settle({ ...lease, leaseId: first?.leaseId ?? "", deliveries });
  const [second] = await storage.outbox.claimDue({ ...claim, now: minute(6) });
  expect(await storage.outbox.replay("acme", "e1", minute(6))).toBe(true);
  expect(await storage.outbox.settle({ ...lease, leaseId: second?.leaseId ?? "", deliveries })).toBe(
    "lost_lease",
  );
  const [third] = await storage.outbox.claimDue({ ...claim, now: minute(6) });
  expect(third?.row.deliveries[0]).toMatchObject({ state: "pending", attempts: 0 });
});

test("an erased ticket's event is gone, also for the one who delivers it", async () => {
  // S56
  const { storage } = await anOutbox();
  const [claimed] = await storage.outbox.claimDue({ ...claim, now: minute(5) });
  await storage.surveys.erase([{ workspaceId: "acme", ticketId: "T1" }]);
  const settled = { workspaceId: "acme", id: "e1", leaseId: claimed?.leaseId ?? "", deliveries: [] };
  expect(await storage.outbox.settle(settled)).toBe("lost_lease");
  expect((await storage.outbox.list("acme", { dead: false, limit: 9, cursor: null })).items).toEqual([]);
});

test("a pending delivery without a time never comes due by itself, and holds up none that has one", async () => {
  const { storage } = await anOutbox();
  const [claimed] = await storage.outbox.claimDue({ ...claim, now: minute(5) });
  const deliveries = [delivery({ retryAt: null }), delivery({ endpointId: "other", retryAt: minute(8) })];
  await storage.outbox.settle({ workspaceId: "acme", id: "e1", leaseId: claimed?.leaseId ?? "", deliveries });
  expect(await storage.outbox.claimDue({ ...claim, now: minute(7) })).toEqual([]);
  expect(await storage.outbox.claimDue({ ...claim, now: minute(8) })).toHaveLength(1);
});
