import { expect, test } from "vitest";
import { tokenOf, type World, workspaceId } from "../world/a-world.ts";
import { onDatabases } from "../world/on-storages.ts";

const ticket = { workspaceId, ticketId: "T1" };

async function mailed<Tx>(world: World<Tx>, ticketId = "T1") {
  await world.resolve(ticketId);
  await world.pass({ hours: 1 });
  return world.mailer.tried.at(-1);
}

onDatabases("answers", (make, opened) => {
  test("an answer stands on the ticket, in the journal, and as one event in the outbox", async () => {
    // S50, S52
    const world = await make();
    const mail = await mailed(world);
    expect(await world.csat.getTicketPanel(ticket)).toEqual({ state: "awaiting", sentAt: world.clock.now() });
    world.clock.move(60_000);
    await world.answer(mail, 4, "Quick, and kind.");
    const respondedAt = new Date("2026-03-02T13:01:00.000Z");
    expect(await world.csat.getTicketPanel(ticket)).toMatchObject({
      state: "answered",
      response: { ...ticket, rating: 4, comment: "Quick, and kind.", respondedAt },
    });
    expect((await world.csat.listEvents(workspaceId)).items).toMatchObject([
      {
        type: "ticket.csat_received",
        createdAt: respondedAt,
        data: {
          ticketId: "T1",
          rating: 4,
          comment: "Quick, and kind.",
          respondedAt: "2026-03-02T13:01:00.000Z",
        },
      },
    ]);
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent", "answered"]);
  });

  test("of 50 answers at once one is recorded, the others are told so, and one event stands", async () => {
    // S24, S25
    const world = await make();
    const mail = await mailed(world);
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, (_, place) =>
        world.answer(mail, place % 2 === 0 ? 5 : 1, `comment ${place}`),
      ),
    );
    const won = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    const lost = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.code] : []));
    expect(won).toHaveLength(1);
    expect(lost).toEqual(Array.from({ length: 49 }, () => "already_responded"));
    expect(await world.storage.lists.answer(ticket)).toEqual(won[0]);
    expect((await world.csat.listEvents(workspaceId)).items).toHaveLength(1);
  });

  test("without webhooks an answer raises no event", async () => {
    // S52
    const world = await make({ options: { webhooks: undefined } });
    await world.answer(await mailed(world), 3);
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
    expect((await world.csat.listEvents(workspaceId)).items).toEqual([]);
  });

  test.each(["reopened", "closed"] as const)("an answer counts after the ticket was %s", async (reason) => {
    // S17
    const world = await make();
    const mail = await mailed(world);
    await world.leave("T1", reason);
    await world.answer(mail, 2);
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
  });

  test("an answer before we know of the mail's acceptance counts, and the mail as sent when its send began", async () => {
    // S17, S41
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async (mail) => {
      world.clock.move(5_000);
      await world.answer(mail, 5);
      return { kind: "accepted", messageId: null };
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({
      status: "answered",
      sentAt: new Date("2026-03-02T13:00:00.000Z"),
    });
  });

  test.each([
    ["scheduled again", { kind: "unknown", error: "lost" }, "scheduled"],
    ["canceled", { kind: "unknown", error: "lost" }, "canceled"],
    ["failed", { kind: "refused", error: "550" }, "failed"],
  ] as const)("an answer counts while the survey is %s", async (_name, outcome, status) => {
    // S17, S13
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      if (status === "canceled") await world.reopen("T1");
      return outcome;
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status });
    await world.answer(world.mailer.tried[0], 3);
    await world.pass({ hours: 48 });
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
    expect(world.mailer.tried).toHaveLength(1);
  });

  test("unknown links come before invalid answers, and invalid answers use nothing up", async () => {
    // S26, S27
    const world = await make();
    const token = tokenOf(await mailed(world));
    const submit = (answer: object) =>
      world.csat.submitResponse(answer as Parameters<typeof world.csat.submitResponse>[0]); // On purpose: bad input.
    await expect(submit({ token: "nope", rating: 9 })).rejects.toMatchObject({ code: "survey_not_found" });
    await expect(submit({ token: "x".repeat(26), rating: 9 })).rejects.toMatchObject({
      code: "survey_not_found",
    });
    for (const rating of [
      0,
      6,
      -1,
      4.5,
      null,
      true,
      [5],
      "",
      "5",
      "5abc",
      "0x5",
      " 5 ",
      Number.NaN,
      5n,
      undefined,
    ]) {
      await expect(submit({ token, rating })).rejects.toMatchObject({
        code: "invalid_input",
        issues: [{ path: "rating" }],
      });
    }
    await submit({ token, rating: 5 });
    await expect(submit({ token, rating: 9 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(submit({ token, rating: 5 })).rejects.toMatchObject({ code: "already_responded" });
  });

  test("a comment may have 2,000 characters, whatever they are, and is stored as written", async () => {
    // S28
    const world = await make();
    const emoji = "😀".repeat(2_000);
    const first = await mailed(world);
    await expect(world.answer(first, 5, `${emoji}!`)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(world.answer(first, 5, "a\u0000b")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(world.answer(first, 5, "\ud83d")).rejects.toMatchObject({ code: "invalid_input" });
    await world.answer(first, 5, emoji);
    expect(await world.storage.lists.answer(ticket)).toMatchObject({ comment: emoji });
    const hostile = "  '; drop table responses; -- <img onerror=x> \u202e\\ {{customer_name}} $& \r\n";
    await world.answer(await mailed(world, "T2"), 5, hostile);
    expect(await world.storage.lists.answer({ ...ticket, ticketId: "T2" })).toMatchObject({
      comment: hostile,
    });
    await world.answer(await mailed(world, "T3"), 5, " \n\t ");
    expect(await world.storage.lists.answer({ ...ticket, ticketId: "T3" })).toMatchObject({
      comment: null,
    });
  });

  test("the store holds no token, only what it hashes to", async () => {
    // S13, S29
    const world = await make();
    const token = tokenOf(await mailed(world));
    const stored = await opened().dump();
    expect(stored).toContain("T1");
    expect(stored).not.toContain(token);
  });

  test("the page of a link shows an open survey, then that it was answered", async () => {
    // S30, S21
    const world = await make();
    const mail = await mailed(world);
    for (let visit = 0; visit < 3; visit++) {
      expect(await world.csat.openSurvey(tokenOf(mail))).toMatchObject({
        state: "open",
        workspaceName: "Acme",
        ticketSubject: "Subject of T1",
      });
    }
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    await world.answer(mail, 1);
    expect(await world.csat.openSurvey(tokenOf(mail))).toMatchObject({
      state: "answered",
      respondedAt: world.clock.now(),
    });
    await expect(world.csat.openSurvey("unknown")).rejects.toMatchObject({ code: "survey_not_found" });
  });
});
