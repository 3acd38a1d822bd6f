import type { AnswerElsewhere } from "@csat/core";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";

const ref = { workspaceId, ticketId: "T1" };
const hourMs = 3_600_000;

/** A five on the phone, asked an hour ago and answered now. */
function aCall(
  { clock }: Pick<World<never>, "clock">,
  change: Partial<AnswerElsewhere> = {},
): AnswerElsewhere {
  const respondedAt = clock.now();
  const askedAt = new Date(respondedAt.getTime() - hourMs);
  return { ref, rating: 5, comment: null, respondedAt, askedAt, channel: "phone", actorId: "bob", ...change };
}

onEveryStorage("answers that the host took itself", (make) => {
  test("an answer without a survey is recorded, counts its question, and raises its event", async () => {
    // S82, S41, S52, S53
    const world = await make();
    const respondedAt = world.clock.now();
    const call = aCall(world, { comment: " \n" });
    expect(await world.csat.recordAnswer(call)).toMatchObject({ ...ref, kind: "recorded", respondedAt });
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({
      state: "answered",
      channel: "phone",
      response: { rating: 5, comment: null, respondedAt },
    });
    expect(await world.csat.explain(ref)).toMatchObject([
      { event: "answered", reason: "phone", actorId: "bob", at: respondedAt },
    ]);
    const { current } = await world.csat.getMetrics(workspaceId);
    expect([current.sent, current.responses, current.averageRating]).toEqual([1, 1, 5]);
    const { items } = await world.csat.listEvents(workspaceId);
    expect(items.map(({ type, data }) => ({ type, data }))).toEqual([
      {
        type: "ticket.csat_received",
        data: { ticketId: "T1", rating: 5, comment: null, respondedAt: respondedAt.toISOString() },
      },
    ]);
    const { items: rows } = await world.csat.listResponses(workspaceId);
    expect(rows).toMatchObject([{ ticketId: "T1", sentAt: call.askedAt, resolvedBy: null }]);
  });

  test("the answer ends what was pending, and belongs to whoever resolved the ticket first", async () => {
    // S46, S82
    const world = await make();
    await world.resolve("T1", "olivia");
    await world.csat.recordAnswer(aCall(world));
    await world.pass({ hours: 2 });
    expect(world.mailer.tried).toEqual([]);
    expect(await world.survey("T1")).toMatchObject({ status: "answered", resolvedBy: "olivia" });
    const { byResolver } = await world.csat.getMetrics(workspaceId);
    expect(byResolver).toMatchObject([{ actorId: "olivia", responses: 1 }]);
  });

  test("one ticket, three channels, one answer", async () => {
    // S24, S82
    const world = await make();
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    const sentAt = world.clock.now();
    await world.pass({ hours: 1 });
    const outcomes = await Promise.allSettled([
      world.csat.recordAnswer(aCall(world, { channel: "chat" })),
      world.answer(world.mailer.accepted[0], 3),
      world.csat.recordAnswer(aCall(world, { rating: 1 })),
      world.answer(world.mailer.accepted[0], 2),
    ]);
    const kinds = outcomes.map((one) =>
      one.status === "rejected" ? String(Object(one.reason).code) : (Object(one.value).kind ?? "recorded"),
    );
    expect(kinds.filter((kind) => kind === "recorded")).toHaveLength(1);
    expect(kinds.every((kind) => ["recorded", "duplicate", "already_responded"].includes(kind))).toBe(true);
    expect((await world.csat.listEvents(workspaceId)).items).toHaveLength(1);
    expect(await world.survey("T1")).toMatchObject({ sentAt });
    const { current } = await world.csat.getMetrics(workspaceId);
    expect([current.sent, current.responses]).toEqual([1, 1]);
  });

  test("a second answer is a duplicate as a value, and changes nothing", async () => {
    // S25, S82
    const world = await make();
    await world.csat.recordAnswer(aCall(world));
    expect(await world.csat.recordAnswer(aCall(world))).toEqual({ ...ref, kind: "duplicate" });
    expect(await world.csat.recordAnswer(aCall(world, { rating: 1, comment: "no" }))).toEqual({
      ...ref,
      kind: "duplicate",
    });
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({ response: { rating: 5, comment: null } });
    expect(await world.story("T1")).toEqual(["answered:phone"]);
  });

  test("nothing is stored of an erased ticket", async () => {
    // S56, S82
    const world = await make();
    await world.csat.eraseTickets([ref]);
    expect(await world.csat.recordAnswer(aCall(world))).toEqual({ ...ref, kind: "erased" });
    expect((await world.csat.getMetrics(workspaceId)).current).toMatchObject({ sent: 0, responses: 0 });
  });

  test("an answer of last month counts in last month, and its event is of today", async () => {
    // S41, S52, S82
    const world = await make();
    const respondedAt = new Date(world.clock.now().getTime() - 31 * 86_400_000);
    await world.csat.recordAnswer(aCall(world, { respondedAt, askedAt: undefined }));
    expect((await world.csat.getMetrics(workspaceId, { days: 30 })).current).toMatchObject({ responses: 0 });
    expect((await world.csat.getMetrics(workspaceId, { days: 90 })).current).toMatchObject({
      sent: 1,
      responses: 1,
    });
    expect((await world.csat.listEvents(workspaceId)).items).toMatchObject([
      { createdAt: world.clock.now(), data: { respondedAt: respondedAt.toISOString() } },
    ]);
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test.each<[string, Partial<Record<keyof AnswerElsewhere, unknown>>]>([
    ["rating", { rating: 6 }],
    ["rating", { rating: "5" }],
    ["rating", { rating: 4.5 }],
    ["comment", { comment: "a\u0000b" }],
    ["comment", { comment: "x".repeat(2_001) }],
    ["channel", { channel: "" }],
    ["channel", { channel: "The phone" }],
    ["channel", { channel: undefined }],
    ["actorId", { actorId: "" }],
    ["respondedAt", { respondedAt: new Date(Number.NaN) }],
    ["respondedAt", { respondedAt: new Date("2026-03-02T12:05:01Z") }],
    ["askedAt", { askedAt: new Date("2026-03-02T12:00:01Z") }],
    ["ref.ticketId", { ref: { workspaceId } }],
    ["askedAt", { askedAt: null }],
  ])("a wrong %s is named, and nothing is recorded: %o", async (path, change) => {
    // S26, S27, S28, S82
    const world = await make();
    const wrong = { ...aCall(world), ...change } as AnswerElsewhere; // JavaScript passes anything.
    await expect(world.csat.recordAnswer(wrong)).rejects.toMatchObject({
      code: "invalid_input",
      issues: [{ path }],
    });
    expect(await world.survey("T1")).toBeNull();
  });
});

onDatabases("answers within the host's transaction", (make, opened) => {
  test("a rollback leaves nothing, a commit all of it, and nobody is woken before", async () => {
    // S57, S82
    const world = await make();
    for (const end of ["rollback", "commit"] as const) {
      await opened().hostTransaction(async (tx) => {
        expect(await world.csat.recordAnswer(aCall(world), { tx })).toMatchObject({ kind: "recorded" });
        expect(await world.csat.recordAnswer(aCall(world), { tx })).toMatchObject({ kind: "duplicate" });
        return end;
      });
      const isThere = end === "commit" ? 1 : 0;
      expect((await world.csat.listEvents(workspaceId)).items).toHaveLength(isThere);
      expect((await world.csat.getMetrics(workspaceId)).current).toMatchObject({ responses: isThere });
    }
    expect(world.scheduler.scheduled).toEqual([]);
  });
});
