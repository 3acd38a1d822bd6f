import type { TicketSnapshot } from "@csat/core";
import { expect, test } from "vitest";
import { tokenOf, type World, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";

const ref = { workspaceId, ticketId: "T1" };
const dayMs = 86_400_000;

/** A mail that went out at the moment it answers. */
async function mailed<Tx>(world: World<Tx>): Promise<Date> {
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  return world.clock.now();
}

/** Moves the clock there, without any work. */
function moveTo<Tx>({ clock }: World<Tx>, time: number): void {
  clock.move(time - clock.now().getTime());
}

onEveryStorage("links that end", (make) => {
  test("take an answer until N times 24 hours after the mail, to the millisecond, and none from then on", async () => {
    // S75
    const world = await make({ settings: { linkExpiryDays: 2 } });
    const sentAt = await mailed(world);
    const [mail] = world.mailer.accepted;
    const token = tokenOf(mail);
    const endsAt = sentAt.getTime() + 2 * dayMs;
    moveTo(world, endsAt);
    const stored = await world.survey("T1");
    await expect(world.answer(mail, 5)).rejects.toMatchObject({ code: "survey_expired" });
    expect(await world.csat.openSurvey(token)).toEqual({
      state: "expired",
      workspaceName: "Acme",
      locale: null,
      theme: null,
      expiredAt: new Date(endsAt),
    });
    expect(await world.csat.getTicketPanel(ref)).toEqual({
      state: "awaiting",
      sentAt,
      linksEndedAt: new Date(endsAt),
    });
    // Nothing was changed by it: the clock alone decides.
    expect(await world.survey("T1")).toEqual(stored);
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent"]);
    moveTo(world, endsAt - 1);
    expect(await world.csat.getTicketPanel(ref)).toEqual({ state: "awaiting", sentAt });
    expect(await world.csat.openSurvey(token)).toMatchObject({ state: "open" });
    await world.answer(mail, 5);
    expect((await world.csat.getMetrics(workspaceId)).current).toMatchObject({ sent: 1, responses: 1 });
  });

  test("answer in order: unknown, invalid, answered before, ended", async () => {
    // S75, S26, S30
    const world = await make({ settings: { linkExpiryDays: 1 } });
    await mailed(world);
    const [mail] = world.mailer.accepted;
    const token = tokenOf(mail);
    await world.pass({ hours: 24 });
    const answer = (change: object) => world.csat.submitResponse({ token, rating: 4, ...change });
    await expect(answer({ token: "a".repeat(32), rating: 9 })).rejects.toMatchObject({
      code: "survey_not_found",
    });
    await expect(answer({ rating: 9 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(answer({})).rejects.toMatchObject({ code: "survey_expired" });
    // One that was answered is never ended.
    await world.csat.updateSettings(workspaceId, { linkExpiryDays: null });
    const respondedAt = world.clock.now();
    await answer({});
    await world.csat.updateSettings(workspaceId, { linkExpiryDays: 1 });
    await expect(answer({})).rejects.toMatchObject({ code: "already_responded" });
    expect(await world.csat.openSurvey(token)).toMatchObject({ state: "answered", respondedAt });
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({ state: "answered" });
  });

  test("the setting counts that is in force when the answer comes; by default links never end", async () => {
    // S75
    const world = await make();
    await mailed(world);
    const [mail] = world.mailer.accepted;
    await world.pass({ hours: 24 * 400 });
    expect(await world.csat.openSurvey(tokenOf(mail))).toMatchObject({ state: "open" });
    await world.csat.updateSettings(workspaceId, { linkExpiryDays: 365 });
    await expect(world.answer(mail, 5)).rejects.toMatchObject({ code: "survey_expired" });
    await world.csat.updateSettings(workspaceId, { linkExpiryDays: null });
    await world.answer(mail, 5);
  });

  test("of several mails that may have arrived the last one counts, and the links of all end with it", async () => {
    // S75, S13
    const world = await make({ settings: { linkExpiryDays: 1 } });
    const accepts = world.mailer.answer;
    world.mailer.answer = () => ({ kind: "unknown", error: "timed out" });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    const begunAt = world.clock.now();
    const [first] = world.mailer.tried;
    moveTo(world, begunAt.getTime() + dayMs);
    // Until now nothing came after it, and nothing is known of it.
    await expect(world.answer(first, 5)).rejects.toMatchObject({ code: "survey_expired" });
    world.mailer.answer = accepts;
    await world.pass({});
    const sentAt = world.clock.now();
    expect(world.mailer.accepted).toHaveLength(1);
    moveTo(world, sentAt.getTime() + dayMs - 1);
    expect(await world.csat.openSurvey(tokenOf(first))).toMatchObject({ state: "open" });
    moveTo(world, sentAt.getTime() + dayMs);
    for (const mail of world.mailer.tried)
      await expect(world.answer(mail, 5)).rejects.toMatchObject({ code: "survey_expired" });
  });

  test("links that the host is given again move the end of all of them on", async () => {
    // S75, S81
    const world = await make({ settings: { linkExpiryDays: 1 } });
    const customer = { name: "Ada", email: null, locale: null, channel: "whatsapp" };
    const issue = async () => {
      world.ticket("T1", { status: "resolved", customer } satisfies Partial<TicketSnapshot>);
      const outcome = await world.csat.issueLinks({ ref });
      return outcome.kind === "issued" ? (outcome.link.split("/r/")[1] ?? "") : "";
    };
    const first = await issue();
    await world.pass({ hours: 23 });
    const second = await issue();
    await world.pass({ hours: 23 });
    expect(await world.csat.openSurvey(first)).toMatchObject({ state: "open" });
    await world.pass({ hours: 1 });
    for (const token of [first, second])
      expect(await world.csat.openSurvey(token)).toMatchObject({
        state: "expired",
        expiredAt: world.clock.now(),
      });
    // The host may give links again also then.
    const third = await issue();
    await world.csat.submitResponse({ token: third, rating: 3 });
  });

  test("an answer that the host took itself is recorded also when the links have ended", async () => {
    // S75, S82
    const world = await make({ settings: { linkExpiryDays: 1 } });
    await mailed(world);
    const [mail] = world.mailer.accepted;
    await world.pass({ hours: 30 });
    await expect(world.answer(mail, 5)).rejects.toMatchObject({ code: "survey_expired" });
    const call = { ref, rating: 2, comment: null, channel: "phone", actorId: "bob" } as const;
    expect(await world.csat.recordAnswer(call)).toMatchObject({ kind: "recorded" });
  });

  test.each([0, 366, 1.5, "30", Number.NaN])(
    "%s is no number of days, and nothing is saved",
    async (days) => {
      // S75
      const world = await make();
      const change = { linkExpiryDays: days as number }; // A caller without types passes anything.
      await expect(world.csat.updateSettings(workspaceId, change)).rejects.toMatchObject({
        code: "invalid_input",
        issues: [{ path: "linkExpiryDays", message: "must be a whole number from 1 to 365, or null" }],
      });
      expect((await world.csat.getSettings(workspaceId)).linkExpiryDays).toBeNull();
    },
  );
});

onDatabases("answers at the end of a link", (make) => {
  test("are judged by the time of their call alone, in whichever order they meet", async () => {
    // S75, S24
    for (const first of ["in time", "late"]) {
      const world = await make({ settings: { linkExpiryDays: 1 } });
      const sentAt = await mailed(world);
      const [mail] = world.mailer.accepted;
      const at = (time: number) => world.anotherProcess({ clock: { now: () => new Date(time) } });
      const endsAt = sentAt.getTime() + dayMs;
      const inTime = () => at(endsAt - 1).submitResponse({ token: tokenOf(mail), rating: 5 });
      const late = () => at(endsAt).submitResponse({ token: tokenOf(mail), rating: 1 });
      const calls = first === "late" ? [late, inTime] : [inTime, late];
      const ended = await Promise.allSettled(calls.map((call) => call()));
      const recorded = ended.flatMap((one) => (one.status === "fulfilled" ? [one.value.rating] : []));
      expect(recorded).toEqual([5]);
    }
  });
});
