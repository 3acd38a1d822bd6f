import { expect, test } from "vitest";
import { tokenOf, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const other = "globex";

onEveryStorage("workspaces", (make) => {
  test("equal ticket ids in two workspaces never meet", async () => {
    // S49
    const world = await make();
    await world.csat.updateSettings(other, { enabled: true, sendDelay: "3_days" });
    await world.resolve("T1");
    await world.csat.ticketResolved({
      workspaceId: other,
      ticketId: "T1",
      actorId: "zoe",
      resolvedAt: world.clock.now(),
    });
    await world.csat.ticketLeft({
      workspaceId: other,
      ticketId: "T1",
      at: world.clock.now(),
      reason: "reopened",
    });
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted.map((mail) => mail.workspaceId)).toEqual([workspaceId]);
    await world.csat.submitResponse({ token: tokenOf(world.mailer.accepted[0]), rating: 1, comment: "ours" });

    expect(await world.csat.getTicketPanel({ workspaceId: other, ticketId: "T1" })).toEqual({
      state: "none",
    });
    expect(
      (await world.csat.explain({ workspaceId: other, ticketId: "T1" })).map(({ event }) => event),
    ).toEqual(["resolved", "scheduled", "left", "canceled"]);
    const [event] = (await world.csat.listEvents(workspaceId)).items;
    expect(event?.data).toMatchObject({ comment: "ours" });
    expect((await world.csat.listEvents(other)).items).toEqual([]);
    expect(await world.csat.replayEvent(other, event?.id ?? "")).toBe(false);
    expect(await world.csat.getSettings(other)).toMatchObject({ sendDelay: "3_days" });
    await world.csat.eraseTickets([{ workspaceId: other, ticketId: "T1" }]);
    expect(await world.csat.getTicketPanel({ workspaceId, ticketId: "T1" })).toMatchObject({
      state: "answered",
    });
  });
});
