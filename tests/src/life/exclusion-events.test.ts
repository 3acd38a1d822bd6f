import type { OutboxEvent, WebhookEndpoint, WebhookTransport } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";

const ticket = { workspaceId, ticketId: "T1" };
const all = ["ticket.csat_received", "ticket.csat_excluded", "ticket.csat_restored"];

/** A desk with these endpoints, each asking for the types named, and what each got. */
async function aDesk(make: MakeWorld, asking: Readonly<Record<string, readonly string[] | undefined>>) {
  const got: string[] = [];
  const events: OutboxEvent[] = [];
  const webhooks: WebhookTransport = {
    endpointsFor: async () =>
      Object.entries(asking).map(([id, types]): WebhookEndpoint => {
        const endpoint = { id, url: `https://${id}.example.com/` };
        return types === undefined ? endpoint : { ...endpoint, events: types };
      }),
    deliver: async ({ id }, event) => {
      got.push(`${id} ${event.type}`);
      events.push(event);
      return { ok: true };
    },
  };
  const world = await make({ options: { webhooks } });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 2, "Between us.");
  return { ...world, got, events };
}

const exclude = ["ticket.csat_excluded"] as const;

onEveryStorage("events of excluded answers", (make) => {
  test("come to endpoints that ask for them, once each, and to nobody else by surprise", async () => {
    // S76, S52
    const desk = await aDesk(make, { old: undefined, audit: exclude, crm: all, deaf: [] });
    await desk.pass({ ms: 0 });
    expect(desk.got.toSorted()).toEqual(["crm ticket.csat_received", "old ticket.csat_received"]);
    desk.got.length = 0;
    await desk.csat.excludeAnswer(ticket, { actorId: "eve", reason: "agent" });
    expect(desk.scheduler.scheduled.at(-1)).toMatchObject({ job: { kind: "deliver_event", workspaceId } });
    await desk.pass({ ms: 0 });
    expect(desk.got.toSorted()).toEqual(["audit ticket.csat_excluded", "crm ticket.csat_excluded"]);
    desk.got.length = 0;
    await desk.csat.restoreAnswer(ticket, { actorId: "eve" });
    await desk.pass({ ms: 0 });
    expect(desk.got).toEqual(["crm ticket.csat_restored"]);
    expect(await desk.csat.health()).toMatchObject({ dueEvents: 0, deadEvents: 0 });
  });

  test("name the answer, why and since when; no comment, and nobody", async () => {
    // S76, S53
    const desk = await aDesk(make, { crm: all });
    const { ticketId } = ticket;
    const about = { ticketId, rating: 2, respondedAt: "2026-03-02T13:00:00.000Z" };
    desk.clock.move(60_000);
    await desk.csat.excludeAnswer(ticket, { actorId: "eve", reason: "agent" });
    desk.clock.move(60_000);
    await desk.csat.restoreAnswer(ticket, { actorId: "eve" });
    await desk.pass({ ms: 0 });
    const told = new Map(desk.events.map(({ type, data }) => [type, data]));
    expect(told.get("ticket.csat_received")).toEqual({ ...about, comment: "Between us." });
    const excludedAt = "2026-03-02T13:01:00.000Z";
    expect(told.get("ticket.csat_excluded")).toEqual({ ...about, reason: "agent", excludedAt });
    expect(told.get("ticket.csat_restored")).toEqual({ ...about, restoredAt: "2026-03-02T13:02:00.000Z" });
    expect((await desk.csat.listEvents(workspaceId)).items.map(({ type, data }) => [type, data])).toEqual([
      ["ticket.csat_restored", told.get("ticket.csat_restored")],
      ["ticket.csat_excluded", told.get("ticket.csat_excluded")],
      ["ticket.csat_received", told.get("ticket.csat_received")],
    ]);
  });

  test("settle at once where no endpoint asks for them, and are raised by no repeat", async () => {
    // S76
    const desk = await aDesk(make, { old: undefined });
    await desk.pass({ ms: 0 });
    for (const _ of [1, 2]) await desk.csat.excludeAnswer(ticket, { actorId: "eve", reason: "agent" });
    await desk.pass({ ms: 0 });
    expect(desk.got).toEqual(["old ticket.csat_received"]);
    expect(await desk.csat.health()).toMatchObject({ dueEvents: 0, deadEvents: 0 });
    const { items } = await desk.csat.listEvents(workspaceId);
    // Of one moment: by their ids, which are random.
    expect(Object.fromEntries(items.map(({ type, deliveries }) => [type, deliveries.length]))).toEqual({
      "ticket.csat_excluded": 0,
      "ticket.csat_received": 1,
    });
    expect(items).toHaveLength(2);
  });

  test("are raised by nobody without webhooks; a test event is for every endpoint", async () => {
    // S76
    const desk = await aDesk(make, { audit: exclude });
    expect(
      (await desk.csat.sendTestEvent(workspaceId)).map(({ endpointId, ok }) => [endpointId, ok]),
    ).toEqual([["audit", true]]);
    const deaf = desk.anotherProcess({ webhooks: undefined });
    await deaf.excludeAnswer(ticket, { actorId: "eve", reason: "agent" });
    expect((await desk.csat.listEvents(workspaceId)).items.map(({ type }) => type)).toEqual([
      "ticket.csat_received",
    ]);
  });
});
