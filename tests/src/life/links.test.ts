import type { TicketSnapshot } from "@csat/core";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";

const ref = { workspaceId, ticketId: "T1" };
const ticket: TicketSnapshot = {
  ticketId: "T1",
  status: "resolved",
  subject: "Printer",
  url: null,
  workspaceName: "Acme",
  customer: { name: "Ada", email: null, locale: "de", channel: "whatsapp" },
  assignee: null,
};
const tokenIn = (link: string) => /\/r\/([a-z0-9]+)/.exec(link)?.[1] ?? "";

/** Asks for links that must be given. */
async function linksOf(world: Pick<World<never>, "csat">, change: Partial<TicketSnapshot> = {}) {
  const outcome = await world.csat.issueLinks({ ref, ticket: { ...ticket, ...change } });
  if (outcome.kind !== "issued") throw new Error(`No links: ${outcome.reason}.`);
  return outcome;
}

onEveryStorage("links for the host's own message", (make) => {
  test("five and one without a rating, which open the survey and take one answer among all", async () => {
    // S81, S24, S37
    const world = await make();
    // Nobody is asked for the ticket.
    world.tickets.failure = new Error("asked");
    const first = await linksOf(world);
    const again = await linksOf(world);
    expect([first.again, again.again]).toEqual([false, true]);
    expect(again.surveyId).toBe(first.surveyId);
    const base = `https://help.example.com/csat/r/${tokenIn(first.link)}`;
    expect(first).toMatchObject({
      ...ref,
      link: base,
      links: { 1: `${base}?rating=1`, 5: `${base}?rating=5` },
    });
    for (const { link } of [first, again])
      expect(await world.csat.openSurvey(tokenIn(link))).toMatchObject({
        state: "open",
        ticketSubject: "Printer",
        locale: "de",
      });
    const answer = (link: string) => world.csat.submitResponse({ token: tokenIn(link), rating: 4 });
    await answer(again.link);
    await expect(answer(first.link)).rejects.toMatchObject({ code: "already_responded" });
    expect(await world.csat.issueLinks({ ref, ticket })).toEqual({
      ...ref,
      kind: "not_issued",
      reason: "already_surveyed",
    });
  });

  test("the survey counts as sent now, once, and its one question is used", async () => {
    // S81, S4, S41, S50
    const world = await make();
    await world.resolve("T1");
    await world.pass({ minutes: 10 });
    const sentAt = world.clock.now();
    await linksOf(world);
    await world.pass({ minutes: 10 });
    await linksOf(world);
    await world.pass({ hours: 24 });
    expect(world.mailer.tried).toEqual([]);
    expect(await world.csat.getTicketPanel(ref)).toEqual({ state: "awaiting", sentAt, channel: "whatsapp" });
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent:links_issued"]);
    expect((await world.csat.getMetrics(workspaceId)).current).toMatchObject({ sent: 1, responses: 0 });
    expect(await world.reopen("T1")).toMatchObject({ kind: "too_late" });
    expect(await world.resolve("T1")).toMatchObject({ reason: "already_surveyed" });
  });

  test("after a mail there are none: a ticket is asked about once", async () => {
    // S4, S81
    const world = await make();
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(await world.csat.issueLinks({ ref, ticket })).toMatchObject({ reason: "already_surveyed" });
  });

  test.each([
    ["csat_disabled", {}, { enabled: false }],
    ["ticket_not_resolved", { status: "open" }, {}],
    ["ticket_not_resolved", { status: "closed" }, {}],
  ] as const)("a no is an answer with its reason, %s, said once", async (reason, change, settings) => {
    // S81
    const world = await make({ settings });
    for (const _time of [1, 2])
      expect(await world.csat.issueLinks({ ref, ticket: { ...ticket, ...change } })).toEqual({
        ...ref,
        kind: "not_issued",
        reason,
      });
    expect(await world.story("T1")).toEqual([`skipped:${reason}`]);
    expect(await world.csat.getTicketPanel(ref)).toEqual({ state: "none" });
  });

  test("a resolution that comes with them is credited, and too old a one is not asked about", async () => {
    // S20, S46, S81
    const world = await make();
    const resolvedAt = world.clock.now();
    await world.csat.issueLinks({ ref, ticket, resolution: { actorId: "olivia", resolvedAt } });
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "olivia", status: "sent" });
    const old = new Date(resolvedAt.getTime() - 8 * 86_400_000);
    const late = { ref: { ...ref, ticketId: "T2" }, resolution: { actorId: "bob", resolvedAt: old } };
    expect(await world.csat.issueLinks({ ...late, ticket: { ...ticket, ticketId: "T2" } })).toMatchObject({
      reason: "expired",
    });
    expect(await world.story("T2")).toEqual(["resolved", "skipped:expired"]);
  });

  test("without a ticket the host is asked, and one that is gone gets none", async () => {
    // S81
    const world = await make();
    expect(await world.csat.issueLinks({ ref })).toMatchObject({ reason: "ticket_not_found" });
    world.ticket("T1", ticket);
    expect(await world.csat.issueLinks({ ref })).toMatchObject({ kind: "issued" });
  });

  test("an erased ticket gets none", async () => {
    // S56, S81
    const world = await make();
    await linksOf(world);
    await world.csat.eraseTickets([ref]);
    expect(await world.csat.issueLinks({ ref, ticket })).toMatchObject({ reason: "already_surveyed" });
  });

  test.each([
    ["ref.ticketId", { ref: { workspaceId, ticketId: "" }, ticket }],
    ["resolution.resolvedAt", { ref, ticket, resolution: { actorId: null, resolvedAt: "today" } }],
    ["ticket.status", { ref, ticket: { ...ticket, status: "solved" } }],
    ["ticket.ticketId", { ref, ticket: { ...ticket, ticketId: "T2" } }],
    ["ticket", { ref, ticket: null }],
    ["", null],
  ])("what is wrong is named, and nothing is written: %s", async (path, request) => {
    // S81
    const world = await make();
    const wrong = request as unknown as Parameters<typeof world.csat.issueLinks>[0]; // JavaScript passes anything.
    await expect(world.csat.issueLinks(wrong)).rejects.toMatchObject({
      code: "invalid_input",
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(await world.survey("T1")).toBeNull();
  });
});

onDatabases("links within the host's transaction", (make, opened) => {
  test("a rollback leaves nothing, a commit all of it", async () => {
    // S57, S81
    const world = await make();
    for (const end of ["rollback", "commit"] as const) {
      const links: string[] = [];
      await opened().hostTransaction(async (tx) => {
        for (const _time of [1, 2]) {
          const outcome = await world.csat.issueLinks({ ref, ticket }, { tx });
          if (outcome.kind === "issued") links.push(outcome.link);
        }
        return end;
      });
      expect(links).toHaveLength(2);
      for (const link of links) {
        const opening = world.csat.openSurvey(tokenIn(link));
        if (end === "commit") expect(await opening).toMatchObject({ state: "open" });
        else await expect(opening).rejects.toMatchObject({ code: "survey_not_found" });
      }
      expect(await world.story("T1")).toEqual(end === "commit" ? ["sent:links_issued"] : []);
    }
  });

  test("the ticket must be given: nobody is asked while a transaction is open", async () => {
    // S81
    const world = await make();
    world.tickets.failure = new Error("asked");
    await opened().hostTransaction(async (tx) => {
      await expect(world.csat.issueLinks({ ref }, { tx })).rejects.toMatchObject({ code: "invalid_input" });
      return "commit";
    });
  });
});
