import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

onEveryStorage("scheduling", (make) => {
  test("resolving a resolved ticket again does not restart the delay", async () => {
    // S1
    const world = await make();
    await world.resolve("T1");
    await world.pass({ minutes: 30 });
    expect(await world.resolve("T1")).toMatchObject({ kind: "not_surveyed", reason: "already_scheduled" });
    await world.pass({ minutes: 30 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a survey is due its delay after the resolution and not a millisecond before", async () => {
    // S2
    const world = await make();
    const outcome = await world.resolve("T1");
    expect(outcome).toMatchObject({
      kind: "scheduled",
      generation: 1,
      dueAt: new Date("2026-03-02T13:00:00.000Z"),
    });
    await world.pass({ ms: 3_599_999 });
    expect(world.mailer.tried).toEqual([]);
    await world.pass({ ms: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test.each(["reopened", "closed", "merged"] as const)(
    "a ticket that is %s before its time gets no mail",
    async (reason) => {
      // S3
      const world = await make();
      await world.resolve("T1");
      expect(await world.leave("T1", reason)).toMatchObject({ kind: "canceled", generation: 1 });
      await world.pass({ hours: 100 });
      expect(world.mailer.tried).toEqual([]);
      expect(await world.survey("T1")).toMatchObject({ status: "canceled", reason });
    },
  );

  test("a canceled survey gives the ticket's one mail to the next resolution, and to no later one", async () => {
    // S4
    const world = await make();
    await world.resolve("T1");
    await world.reopen("T1");
    await world.pass({ minutes: 1 });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
    await world.reopen("T1");
    await world.pass({ minutes: 1 });
    expect(await world.resolve("T1")).toMatchObject({ kind: "not_surveyed", reason: "already_surveyed" });
    await world.pass({ hours: 100 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a second resolution waits its own full delay, and the first one's wake-up does nothing", async () => {
    // S5
    const world = await make();
    await world.resolve("T1");
    await world.pass({ minutes: 10 });
    await world.reopen("T1");
    await world.pass({ minutes: 10 });
    expect(await world.resolve("T1")).toMatchObject({ kind: "scheduled", generation: 2 });
    await world.pass({ minutes: 40 });
    expect(world.mailer.tried).toEqual([]);
    await world.pass({ minutes: 19 });
    expect(world.mailer.tried).toEqual([]);
    await world.pass({ minutes: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("surveys switched off and on again before the due time are sent", async () => {
    // S7
    const world = await make();
    await world.resolve("T1");
    await world.csat.updateSettings(workspaceId, { enabled: false });
    await world.pass({ minutes: 30 });
    await world.csat.updateSettings(workspaceId, { enabled: true });
    await world.pass({ minutes: 30 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("surveys switched on after the resolution find nothing scheduled", async () => {
    // S7
    const world = await make({ settings: { enabled: false } });
    expect(await world.resolve("T1")).toMatchObject({ kind: "not_surveyed", reason: "csat_disabled" });
    await world.csat.updateSettings(workspaceId, { enabled: true });
    await world.pass({ hours: 100 });
    expect(world.mailer.tried).toEqual([]);
    expect(await world.survey("T1")).toBeNull();
  });

  test("a new delay moves nothing that is scheduled, a new subject applies to it", async () => {
    // S8
    const world = await make();
    await world.resolve("T1");
    await world.csat.updateSettings(workspaceId, { sendDelay: "3_days", subject: "New: {{ticket_subject}}" });
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted.map(({ subject }) => subject)).toEqual(["New: Subject of T1"]);
  });

  test("an immediate survey goes through the same checks at its send", async () => {
    // S9, S6
    const world = await make({ settings: { sendDelay: "immediately" } });
    await world.resolve("T1");
    await world.resolve("T2");
    world.ticket("T2", { customer: { name: null, email: null, locale: null } });
    await world.pass({ ms: 0 });
    expect(world.mailer.accepted.map(({ text }) => text.includes("Subject of T1"))).toEqual([true]);
    expect(await world.survey("T2")).toMatchObject({ status: "skipped", reason: "no_customer_email" });
  });
});
