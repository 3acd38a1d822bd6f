import { expect, test } from "vitest";
import { tokenOf, type World, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const yearMs = 365 * 86_400_000;

/** A ticket whose survey was mailed and answered with a comment. */
async function answered<Tx>(world: World<Tx>, ticketId: string, comment: string) {
  await world.resolve(ticketId);
  await world.pass({ hours: 1 });
  const mail = world.mailer.accepted.at(-1);
  await world.answer(mail, 4, comment);
  await world.pass({});
  return tokenOf(mail);
}

onEveryStorage("retention", (make) => {
  test("takes comments, journal and events when their days are over; ratings and counts stay exact", async () => {
    // S78
    const world = await make({ options: { retention: { comments: 30, journal: 60, events: 10 } } });
    const ref = { workspaceId, ticketId: "T1" };
    await answered(world, "T1", "Never again");
    const range = { from: "2026-03-01", to: "2026-03-31" };
    const { current: before } = await world.csat.getMetrics(workspaceId, range);
    await world.pass({ hours: 24 * 11 });
    expect((await world.csat.listEvents(workspaceId)).items).toEqual([]);
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({ response: { comment: "Never again" } });
    await world.pass({ hours: 24 * 20 });
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({
      state: "answered",
      response: { rating: 4, comment: null },
    });
    const { items } = await world.csat.listResponses(workspaceId, range);
    expect(items).toMatchObject([{ ticketId: "T1", rating: 4, comment: null }]);
    for await (const row of world.csat.exportResponses(workspaceId, range)) expect(row.comment).toBeNull();
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent", "answered"]);
    await world.pass({ hours: 24 * 40 });
    expect(await world.story("T1")).toEqual([]);
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({
      state: "answered",
      response: { rating: 4 },
    });
    const { current } = await world.csat.getMetrics(workspaceId, range);
    expect(current).toEqual(before);
    expect([current.sent, current.responses, current.averageRating]).toEqual([1, 1, 4]);
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("comments that go take with them the events that carry them, but none that is still to be delivered", async () => {
    // S78, S52
    const ports = {
      endpointsFor: async () => Promise.reject(new Error("the host is away")),
      deliver: async () => ({ ok: true }) as const,
    };
    const world = await make({ options: { retention: { comments: 1 }, webhooks: ports } });
    await answered(world, "T1", "Never again");
    await world.csat.runDue();
    const first = await world.csat.listEvents(workspaceId);
    expect(first.items).toHaveLength(1);
    world.clock.move(2 * 86_400_000);
    const other = world.anotherProcess({ webhooks: undefined });
    await other.runDue();
    expect((await world.csat.listEvents(workspaceId)).items).toHaveLength(1);
  });

  test("links that are taken away lead nowhere, and the ticket is still asked about once", async () => {
    // S78, S4
    const world = await make({ options: { retention: { tokens: 2 } } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    const token = tokenOf(world.mailer.accepted[0]);
    expect(await world.csat.openSurvey(token)).toMatchObject({ state: "open" });
    // A storage dates links by its own clock, so this one goes far ahead of it.
    await world.pass({ ms: 50 * yearMs });
    await expect(world.csat.openSurvey(token)).rejects.toMatchObject({ code: "survey_not_found" });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("an end of links that comes after their removal is refused, an earlier one is not", async () => {
    // S75, S78
    const world = await make({ options: { retention: { tokens: 90 } } });
    await expect(world.csat.updateSettings(workspaceId, { linkExpiryDays: 90 })).rejects.toMatchObject({
      code: "invalid_input",
      issues: [{ path: "linkExpiryDays", message: expect.stringContaining("must be less than 90") }],
    });
    const saved = await world.csat.updateSettings(workspaceId, { linkExpiryDays: 89 });
    expect(saved.linkExpiryDays).toBe(89);
  });
});
