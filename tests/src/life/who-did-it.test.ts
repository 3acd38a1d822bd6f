import type { AdminChange, DeliveryResult, LogFields } from "@csat/core";
import { silentLogger } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";

const eve = { actorId: "eve" };
const ticket = { workspaceId, ticketId: "T1" };

/** A desk that hears of changes from now on, whose one endpoint gives up every event at once. */
async function aDesk(make: MakeWorld, onChange?: () => Promise<void> | void) {
  const told: AdminChange[] = [];
  const warned: LogFields[] = [];
  const down: DeliveryResult = { ok: false, retryable: false, retryAfterMs: null, error: "HTTP 410" };
  const world = await make({
    options: {
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/" }],
        deliver: async () => down,
      },
      onChange: (change) => {
        told.push(change);
        return onChange?.();
      },
      logger: { ...silentLogger, warn: (fields) => void warned.push(fields) },
    },
  });
  told.length = 0;
  warned.length = 0;
  world.clock.move(60_000);
  return { ...world, told, warned, at: world.clock.now() };
}

onEveryStorage("who did it", (make) => {
  test("stands beside the settings: whoever changed them last, and when", async () => {
    // S79
    const desk = await aDesk(make);
    const { csat, at } = desk;
    await csat.updateSettings(workspaceId, { subject: "How was it?" }, eve);
    expect(await csat.getSettingsChange(workspaceId)).toEqual({ actorId: "eve", at });
    expect(await csat.getSettings(workspaceId)).not.toHaveProperty("changed");
    // What changes nothing is no change, and neither is what the library keeps beside.
    desk.clock.move(60_000);
    await csat.updateSettings(workspaceId, { subject: "How was it?" }, { actorId: "carl" });
    expect(await csat.getSettingsChange(workspaceId)).toEqual({ actorId: "eve", at });
    const getOperators = async () => [{ id: "eve", name: "Eve" }];
    const named = desk.anotherProcess({ tickets: { ...desk.tickets, getOperators } });
    expect(await named.getSettingsChange(workspaceId)).toEqual({ actorId: "eve", actorName: "Eve", at });
    await csat.updateSettings(workspaceId, { subject: null });
    expect(await csat.getSettingsChange(workspaceId)).toEqual({ actorId: null, at: desk.clock.now() });
    expect(await csat.getSettingsChange("initech")).toBeNull();
  });

  test("is told to the host with what stood before and stands now, of the changed fields alone", async () => {
    // S79
    const { csat, told, at } = await aDesk(make);
    await csat.updateSettings(workspaceId, { subject: "How was it?", sendDelay: "1_hour" }, eve);
    await csat.updateSettings(workspaceId, { subject: "How was it?" }, eve);
    await csat.updateSettings(workspaceId, { cooldownDays: 30 });
    const about = { kind: "settings_changed", workspaceId, at };
    expect(told).toEqual([
      { ...about, ...eve, before: { subject: null }, after: { subject: "How was it?" } },
      { ...about, actorId: null, before: { cooldownDays: 0 }, after: { cooldownDays: 30 } },
    ]);
  });

  test("is told of excluded and restored answers, and of replays", async () => {
    // S76, S79
    const desk = await aDesk(make);
    const { csat, told } = desk;
    await desk.resolve("T1");
    await desk.pass({ hours: 1 });
    await desk.answer(desk.mailer.accepted[0], 1);
    await desk.pass({ ms: 0 });
    const at = desk.clock.now();
    await csat.excludeAnswer(ticket, { ...eve, reason: "mistake" });
    await csat.excludeAnswer(ticket, { ...eve, reason: "mistake" });
    await csat.restoreAnswer(ticket, { actorId: "root" });
    const about = { ...ticket, at };
    expect(told).toEqual([
      { ...about, kind: "answer_excluded", ...eve, before: null, after: "mistake" },
      { ...about, kind: "answer_restored", actorId: "root", before: "mistake", after: null },
    ]);
    told.length = 0;
    const received = (await csat.listEvents(workspaceId, { dead: true })).items.at(-1)?.id ?? "";
    expect(await csat.replayEvent(workspaceId, received, {}, eve)).toBe(true);
    expect(await csat.replayEvent(workspaceId, received, {}, eve)).toBe(false);
    await desk.pass({ ms: 0 });
    const window = { from: new Date(at.getTime() - 1), until: new Date(at.getTime() + 1) };
    expect(await csat.replayEvents(workspaceId, { ...window, endpointId: "crm" }, eve)).toBe(1);
    const replayed = { kind: "events_replayed", workspaceId, ...eve, at, delivered: false, events: 1 };
    expect(told).toEqual([
      { ...replayed, eventId: received, window: null, endpointId: null },
      { ...replayed, eventId: null, window, endpointId: "crm" },
    ]);
  });

  test("is logged where the host throws, and fails nothing", async () => {
    // S79
    const { csat, warned } = await aDesk(make, () => Promise.reject(new Error("of ada@example.com")));
    await csat.updateSettings(workspaceId, { subject: "How was it?" }, eve);
    expect(await csat.getSettings(workspaceId)).toMatchObject({ subject: "How was it?" });
    expect(warned).toEqual([{ kind: "settings_changed", workspaceId, cause: expect.any(String) }]);
    expect(JSON.stringify(warned)).not.toContain("ada@");
  });

  test("must be an id, or nobody", async () => {
    const { csat, told } = await aDesk(make);
    const nobody = { actorId: "" };
    const failed = { code: "invalid_input", issues: [{ path: "actorId", message: expect.any(String) }] };
    const window = { from: new Date(0), until: new Date(1) };
    await expect(csat.updateSettings(workspaceId, { subject: "x" }, nobody)).rejects.toMatchObject(failed);
    await expect(csat.replayEvent(workspaceId, "e", {}, nobody)).rejects.toMatchObject(failed);
    await expect(csat.replayEvents(workspaceId, window, nobody)).rejects.toMatchObject(failed);
    expect(told).toEqual([]);
  });
});
