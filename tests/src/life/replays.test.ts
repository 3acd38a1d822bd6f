import type { DeliveryResult } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";

const down: DeliveryResult = { ok: false, retryable: false, retryAfterMs: null, error: "HTTP 410" };

/** Two endpoints, and what each was handed: event ids in order. */
async function aDesk(make: MakeWorld) {
  const taken: Readonly<Record<string, string[]>> = { crm: [], chat: [] };
  const broken = new Set<string>();
  const world = await make({
    options: {
      webhooks: {
        endpointsFor: async () => ["crm", "chat"].map((id) => ({ id, url: `https://${id}.example.com/` })),
        deliver: async ({ id }, event) => {
          if (broken.has(id)) return down;
          taken[id]?.push(event.id);
          return { ok: true };
        },
      },
    },
  });
  /** An answer now, whose event is delivered at once; its id. */
  const anEvent = async (ticketId: string) => {
    await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted.at(-1), 5);
    await world.pass({ ms: 0 });
    return (await world.csat.listEvents(workspaceId)).items[0]?.id ?? "";
  };
  return { ...world, taken, broken, anEvent };
}

onEveryStorage("a replay", (make) => {
  test("of what was delivered comes under the same event id, only when asked for, to the endpoint that was named", async () => {
    // S54
    const desk = await aDesk(make);
    const { csat, taken } = desk;
    const id = await desk.anEvent("T1");
    expect(taken).toEqual({ crm: [id], chat: [id] });
    expect(await csat.replayEvent(workspaceId, id)).toBe(false);
    expect(await csat.replayEvent(workspaceId, id, { delivered: true, endpointId: "fax" })).toBe(false);
    desk.clock.move(60_000);
    expect(await csat.replayEvent(workspaceId, id, { delivered: true, endpointId: "crm" })).toBe(true);
    const replayedAt = desk.clock.now();
    await desk.pass({ minutes: 1 });
    expect(taken).toEqual({ crm: [id, id], chat: [id] });
    expect((await csat.listEvents(workspaceId)).items[0]?.deliveries).toEqual([
      { endpointId: "crm", state: "delivered", attempts: 1, retryAt: null, lastError: null, replayedAt },
      { endpointId: "chat", state: "delivered", attempts: 1, retryAt: null, lastError: null },
    ]);
    expect(await csat.replayEvent(workspaceId, id, { delivered: true })).toBe(true);
    await desk.pass({ ms: 0 });
    expect(taken).toEqual({ crm: [id, id, id], chat: [id, id] });
    expect(await csat.health()).toMatchObject({ dueEvents: 0, deadEvents: 0 });
  });

  test("of one endpoint leaves what another gave up where it is", async () => {
    // S54
    const desk = await aDesk(make);
    desk.broken.add("crm").add("chat");
    const id = await desk.anEvent("T1");
    desk.broken.clear();
    expect(await desk.csat.replayEvent(workspaceId, id, { endpointId: "chat" })).toBe(true);
    await desk.pass({ ms: 0 });
    expect(desk.taken).toEqual({ crm: [], chat: [id] });
    expect(await desk.csat.health()).toMatchObject({ deadEvents: 1 });
    expect(await desk.csat.replayEvent(workspaceId, id, { endpointId: "chat" })).toBe(false);
  });

  test("of a time takes the events from its beginning on and before its end, each once", async () => {
    // S54
    const desk = await aDesk(make);
    const { csat, taken, broken } = desk;
    const ids: string[] = [];
    const times: Date[] = [];
    for (const [place, ticketId] of ["T1", "T2", "T3", "T4"].entries()) {
      if (place === 2) broken.add("chat");
      ids.push(await desk.anEvent(ticketId));
      times.push(desk.clock.now());
      broken.clear();
    }
    const [first, second, third, fourth] = ids;
    const [, from = new Date(0), , until = new Date(0)] = times;
    taken.crm?.splice(0);
    taken.chat?.splice(0);
    // Of these two the third alone was given up, by chat.
    expect(await csat.replayEvents(workspaceId, { from, until })).toBe(1);
    await desk.pass({ ms: 0 });
    expect(taken).toEqual({ crm: [], chat: [third] });
    expect(await csat.replayEvents(workspaceId, { from, until })).toBe(0);
    expect(await csat.replayEvents(workspaceId, { from, until, delivered: true, endpointId: "crm" })).toBe(2);
    await desk.pass({ ms: 0 });
    expect(new Set(taken.crm)).toEqual(new Set([second, third]));
    expect(taken.crm).toHaveLength(2);
    const always = { from: new Date(0), until: new Date("2999-01-01T00:00:00Z"), delivered: true };
    expect(await csat.replayEvents("globex", always)).toBe(0);
    expect(await csat.replayEvents(workspaceId, always)).toBe(4);
    await desk.pass({ ms: 0 });
    for (const id of [first, fourth]) expect(taken.crm?.filter((one) => one === id)).toHaveLength(1);
  });
});
