import type { DeliveryResult, MailOutcome } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const outage: MailOutcome = { kind: "unavailable", error: "connection refused", concerns: "route" };
const accepted: MailOutcome = { kind: "accepted", messageId: null };

onEveryStorage("an outage shows", (make) => {
  test("surveys of a mail server that is dead for six hours are late since they were due, until they have left", async () => {
    // S12, S16
    const world = await make();
    const { csat } = world;
    for (let ticket = 0; ticket < 12; ticket++) await world.resolve(`T${ticket}`);
    expect(await csat.health()).toMatchObject({ waitingSince: null, mailFailingSince: [] });
    world.mailer.answer = () => outage;
    await world.pass({ hours: 1 });
    const since = world.clock.now();
    const mailFailingSince = [{ workspaceId, channel: "email", since }];
    for (let minutes = 0; minutes < 6 * 60; minutes += 15) {
      expect(await csat.health()).toMatchObject({ waitingSince: since, mailFailingSince });
      await world.pass({ minutes: 15 });
    }
    world.mailer.answer = () => accepted;
    await world.pass({ minutes: 65 });
    expect(await csat.health()).toMatchObject({ waitingSince: null, mailFailingSince: [], givenUpSince: [] });
    expect(world.mailer.accepted).toHaveLength(12);
  });

  test("a recipient who is put off is late, and no outage", async () => {
    // S12
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = () => ({ kind: "unavailable", error: "450", concerns: "recipient" });
    await world.pass({ hours: 1 });
    expect(await world.csat.health()).toMatchObject({
      waitingSince: world.clock.now(),
      mailFailingSince: [],
    });
  });

  test("an endpoint that is dead shows until it has taken what waits; what it never took is given up", async () => {
    // S54
    const results = new Map<string, DeliveryResult>();
    const down: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };
    const world = await make({
      options: {
        webhooks: {
          endpointsFor: async () => ["crm", "chat"].map((id) => ({ id, url: `https://${id}.example.com/` })),
          deliver: async ({ id }) => results.get(id) ?? { ok: true },
        },
      },
    });
    const { csat } = world;
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    results.set("crm", down);
    await world.answer(world.mailer.accepted[0], 5);
    const since = world.clock.now();
    await world.pass({ ms: 0 });
    const receiverFailingSince = [{ workspaceId, endpointId: "crm", since }];
    expect(await csat.health()).toMatchObject({ receiverFailingSince, eventsWaitingSince: since });
    for (const minutes of [1, 5, 30, 120, 360]) await world.pass({ minutes });
    const gaveUp = [{ what: "events", workspaceId, reason: "gave_up", since: world.clock.now() }];
    expect(await csat.health()).toMatchObject({
      receiverFailingSince: [],
      eventsWaitingSince: null,
      givenUpSince: gaveUp,
    });
    results.clear();
    const [event] = (await csat.listEvents(workspaceId, { dead: true })).items;
    expect(await csat.replayEvent(workspaceId, event?.id ?? "")).toBe(true);
    await world.pass({ ms: 0 });
    expect(await csat.health()).toMatchObject({ givenUpSince: [], receiverFailingSince: [] });
  });
});
