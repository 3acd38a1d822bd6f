import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { optOutTokenOf, tokenOf, type World, workspaceId } from "../world/a-world.ts";
import { killUntil } from "../world/killed-process.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const other = "globex";
const customer = { name: "Ada", email: "ada@example.com", locale: null, id: "7" };

/** A ticket of Ada's was asked about; answers the token by which she may opt out. */
async function mailed(world: World<DrizzleTx>, ticketId = "T1"): Promise<string> {
  world.ticket(ticketId, { customer });
  await world.resolve(ticketId);
  await world.pass({ hours: 1 });
  return optOutTokenOf(world.mailer.accepted.at(-1));
}

onEveryStorage("opting out", (make) => {
  test("opening changes nothing, the no stands, the undo takes it back, each as often as one likes", async () => {
    // S70, S71
    const world = await make({ options: { workspaceName: () => "Acme" } });
    const token = await mailed(world);
    const asked = { isOptedOut: false, workspaceName: "Acme", theme: null };
    for (const _time of [1, 2]) expect(await world.csat.openOptOut(token)).toEqual(asked);
    expect(await world.csat.suppressionsOf(workspaceId, { id: "7" })).toEqual([]);
    for (const _time of [1, 2]) {
      expect(await world.csat.optOut(token)).toEqual({ ...asked, isOptedOut: true });
      expect(await world.csat.openOptOut(token)).toEqual({ ...asked, isOptedOut: true });
    }
    for (const _time of [1, 2]) {
      expect(await world.csat.undoOptOut(token)).toEqual(asked);
      expect(await world.csat.openOptOut(token)).toEqual(asked);
    }
  });

  test("a token of a survey opens no opt-out, one of an opt-out no survey, and nonsense neither", async () => {
    // S70, S26
    const world = await make();
    const token = await mailed(world);
    const notFound = { code: "survey_not_found" };
    for (const wrong of [tokenOf(world.mailer.accepted[0]), "x".repeat(26), "", "🙂"]) {
      await expect(world.csat.openOptOut(wrong)).rejects.toMatchObject(notFound);
      await expect(world.csat.optOut(wrong)).rejects.toMatchObject(notFound);
      await expect(world.csat.undoOptOut(wrong)).rejects.toMatchObject(notFound);
    }
    await expect(world.csat.openSurvey(token)).rejects.toMatchObject(notFound);
    await expect(world.csat.submitResponse({ token, rating: 5 })).rejects.toMatchObject(notFound);
  });

  test("what is pending and what comes later is skipped, under the id and the address; mailed links still work", async () => {
    // S72
    const world = await make();
    const token = await mailed(world);
    world.ticket("T2", { customer });
    world.ticket("T3", { customer: { ...customer, email: "ada@home.example" } });
    world.ticket("T4", { customer: { name: "Ada", email: " ADA@example.com", locale: null } });
    for (const ticketId of ["T2", "T3", "T4"]) await world.resolve(ticketId);
    await world.csat.optOut(token);
    expect(await world.survey("T2")).toMatchObject({ status: "scheduled" });
    await world.pass({ hours: 1 });
    await world.resolve("T5");
    await world.pass({ hours: 1 });
    for (const ticketId of ["T2", "T3", "T4", "T5"])
      expect(await world.survey(ticketId)).toMatchObject({ status: "skipped", reason: "opted_out" });
    expect(world.mailer.tried).toHaveLength(1);
    expect((await world.story("T2")).at(-1)).toBe("skipped:opted_out");
    await world.answer(world.mailer.accepted[0], 4);
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
  });

  test("another customer, and another workspace of the same one, go on being asked", async () => {
    // S72, S49
    const world = await make();
    await world.csat.updateSettings(other, { enabled: true, sendDelay: "1_hour" });
    await world.csat.optOut(await mailed(world));
    world.ticket("T2", { customer, status: "resolved" });
    await world.csat.ticketResolved({
      workspaceId: other,
      ticketId: "T2",
      actorId: null,
      resolvedAt: world.clock.now(),
    });
    world.ticket("T3", { customer: { ...customer, email: "bob@example.com", id: "8" } });
    await world.resolve("T3");
    await world.pass({ hours: 1 });
    const later = world.mailer.accepted.slice(1).map((mail) => `${mail.workspaceId} ${mail.to.address}`);
    expect(new Set(later)).toEqual(new Set([`${workspaceId} bob@example.com`, `${other} ada@example.com`]));
    expect(later).toHaveLength(2);
    expect(await world.csat.suppressionsOf(other, { id: "7" })).toEqual([]);
  });

  test.each(["the ticket is read", "the mail is drawn"])(
    "a no in another process that comes after the claim, while %s, is in time",
    async (moment) => {
      // S72
      const world = await make();
      const token = await mailed(world);
      const elsewhere = world.anotherProcess();
      let said = 0;
      const sayNo = async (when: string) => {
        if (when !== moment) return;
        said += 1;
        await elsewhere.optOut(token);
      };
      const { tickets } = world;
      const worker = world.anotherProcess({
        tickets: {
          getTicket: async (ref) => {
            await sayNo("the ticket is read");
            return tickets.getTicket(ref);
          },
          getTickets: async (workspace, ids) => {
            await sayNo("the ticket is read");
            return tickets.getTickets(workspace, ids);
          },
        },
        theme: async () => {
          await sayNo("the mail is drawn");
          return { accentColor: "#123456", logo: null };
        },
      });
      world.ticket("T2", { customer });
      await world.resolve("T2");
      world.clock.move(3_600_000);
      await worker.runDue();
      expect(said).toBeGreaterThan(0);
      expect(await world.survey("T2")).toMatchObject({ status: "skipped", reason: "opted_out" });
      expect(world.mailer.tried).toHaveLength(1);
    },
  );

  test("a send that crashed is not repeated for whoever opted out since: whether it arrived nobody knows", async () => {
    // S59, S74, S11
    const world = await make();
    const token = await mailed(world);
    world.ticket("T2", { customer });
    await world.resolve("T2");
    world.clock.move(3_600_000);
    await killUntil(world, 2);
    await world.csat.optOut(token);
    world.clock.move(3_600_000);
    while ((await world.survey("T2"))?.status === "sending") await world.csat.runDue();
    expect(await world.survey("T2")).toMatchObject({ status: "failed", reason: "indeterminate" });
    expect(world.mailer.tried).toHaveLength(2);
    expect((await world.story("T2")).slice(-2)).toEqual(["skipped:opted_out", "gave_up:indeterminate"]);
  });

  test("the token outlives the erasing of its ticket, and works for every mail of the customer", async () => {
    // S70, S56
    const world = await make();
    const first = await mailed(world);
    const second = await mailed(world, "T2");
    expect(second).not.toBe(first);
    await world.csat.eraseTickets([{ workspaceId, ticketId: "T1" }]);
    await world.csat.optOut(first);
    expect(await world.csat.openOptOut(second)).toMatchObject({ isOptedOut: true });
  });

  test("a ticket that was skipped is asked about after the undo, by its next resolution", async () => {
    // S72, S74, S5
    const world = await make();
    const token = await mailed(world);
    await world.csat.optOut(token);
    world.ticket("T2", { customer });
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    await world.csat.undoOptOut(token);
    await world.pass({ hours: 24 });
    expect(world.mailer.accepted).toHaveLength(1);
    await world.reopen("T2");
    world.clock.move(1_000);
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted).toHaveLength(2);
  });

  test("the undo takes back the customer's own no and nothing else", async () => {
    // S74
    const world = await make();
    const token = await mailed(world);
    await world.csat.suppress(workspaceId, { id: "7" }, { actorId: "eve" });
    await world.csat.optOut(token);
    const reasons = async () =>
      (await world.csat.suppressionsOf(workspaceId, { id: "7" })).map(({ reason }) => reason);
    expect(await reasons()).toEqual(["opted_out", "by_hand"]);
    expect(await world.csat.undoOptOut(token)).toMatchObject({ isOptedOut: false });
    expect(await reasons()).toEqual(["by_hand"]);
  });

  test("links for the host's own message opt out as well, and are refused to whoever did", async () => {
    // S81, S72
    const world = await make();
    const ticket = (ticketId: string) => ({
      ticketId,
      status: "resolved" as const,
      subject: "Printer",
      url: null,
      workspaceName: "Acme",
      customer,
      assignee: null,
    });
    const issue = (ticketId: string) =>
      world.csat.issueLinks({ ref: { workspaceId, ticketId }, ticket: ticket(ticketId) });
    const issued = await issue("T1");
    if (issued.kind !== "issued") throw new Error("No links.");
    const token = /\/o\/([a-z0-9]+)/.exec(issued.optOut ?? "")?.[1] ?? "";
    expect(await world.csat.optOut(token)).toMatchObject({ isOptedOut: true });
    expect(await issue("T2")).toMatchObject({ kind: "not_issued", reason: "opted_out" });
    expect(await world.story("T2")).toEqual(["skipped:opted_out"]);
    const nobody = { name: "Guest", email: null, locale: null };
    const request = {
      ref: { workspaceId, ticketId: "T3" },
      ticket: { ...ticket("T3"), customer: nobody },
    };
    expect(await world.csat.issueLinks(request)).toMatchObject({ kind: "issued", optOut: null });
  });
});
