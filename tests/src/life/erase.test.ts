import { expect, test } from "vitest";
import { tokenOf, workspaceId } from "../world/a-world.ts";
import { onDatabases } from "../world/on-storages.ts";

const ticket = { workspaceId, ticketId: "T1" };

onDatabases("erasing", (make, opened) => {
  test("nothing personal is left, the link is dead, and the ticket is never surveyed again", async () => {
    // S56
    const world = await make();
    world.ticket("T1", { subject: "Divorce papers" });
    await world.resolve("T1", "operator-17");
    await world.pass({ hours: 1 });
    const token = tokenOf(world.mailer.accepted[0]);
    await world.csat.submitResponse({ token, rating: 1, comment: "Never again" });
    const before = await opened().dump();
    for (const personal of ["Divorce papers", "Never again", "operator-17"])
      expect(before).toContain(personal);

    await world.csat.eraseTickets([ticket, ticket]);
    await world.storage.keepHouse(world.clock.now(), new AbortController().signal);
    const after = await opened().dump();
    for (const personal of ["Divorce papers", "Never again", "operator-17", "ada@example.com"]) {
      expect(after).not.toContain(personal);
    }
    expect(await world.story("T1")).toEqual(["erased"]);
    expect(await world.csat.getTicketPanel(ticket)).toEqual({ state: "none" });
    expect((await world.csat.listEvents(workspaceId)).items).toEqual([]);
    await expect(world.csat.openSurvey(token)).rejects.toMatchObject({ code: "survey_not_found" });
    await expect(world.csat.submitResponse({ token, rating: 5 })).rejects.toMatchObject({
      code: "survey_not_found",
    });
    world.clock.move(60_000);
    await world.reopen("T1");
    world.clock.move(60_000);
    expect(await world.resolve("T1")).toMatchObject({ reason: "already_surveyed" });
    await world.pass({ hours: 100 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a ticket that is erased before anything was known of it is never surveyed", async () => {
    // S56
    const world = await make();
    await world.csat.eraseTickets([ticket]);
    expect(await world.resolve("T1")).toMatchObject({ reason: "already_surveyed" });
  });

  test("an erase during the send leaves nothing behind it", async () => {
    // S56
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      await world.csat.eraseTickets([ticket]);
      return { kind: "accepted", messageId: null };
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "erased", sentAt: null });
    expect(await world.story("T1")).toEqual(["erased"]);
    await expect(world.answer(world.mailer.tried[0], 5)).rejects.toMatchObject({ code: "survey_not_found" });
  });

  test("one bad reference erases nothing", async () => {
    const world = await make();
    await world.resolve("T1");
    await expect(world.csat.eraseTickets([ticket, { workspaceId, ticketId: "" }])).rejects.toMatchObject({
      code: "invalid_input",
      issues: [{ path: "1.ticketId" }],
    });
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled" });
  });
});
