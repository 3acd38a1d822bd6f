import type { HeadChange, Metrics } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onDatabases, onEveryStorage } from "../world/on-storages.ts";

const ticket = { workspaceId, ticketId: "T1" };
const by = { actorId: "eve", reason: "machine" } as const;
const restoring = { actorId: "root" };

/** T1, resolved by Olivia, is rated 1; T2, resolved by Bob, is rated 5. */
async function aDesk(make: MakeWorld, change: Parameters<MakeWorld>[0] = {}) {
  const world = await make(change);
  for (const [ticketId, actorId, rating] of [
    ["T1", "olivia", 1],
    ["T2", "bob", 5],
  ] as const) {
    await world.resolve(ticketId, actorId);
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted.at(-1), rating, `Comment of ${ticketId}`);
  }
  return world;
}

/** Whatever a page counts or lists. */
async function figuresOf({ csat }: World<DrizzleTx>) {
  const metrics: Metrics = await csat.getMetrics(workspaceId, { days: 7 });
  const exported: string[] = [];
  for await (const { ticketId, excluded } of csat.exportResponses(workspaceId, { days: 7 }))
    exported.push(excluded ? `${ticketId}, excluded` : ticketId);
  const ids = (items: readonly { readonly ticketId: string }[]) => items.map(({ ticketId }) => ticketId);
  const lowRatings = (await csat.listLowRatings(workspaceId, { days: 7 })).items;
  return {
    metrics,
    responses: ids((await csat.listResponses(workspaceId, { days: 7 })).items),
    lowRatings: ids(lowRatings.map(({ response }) => response)),
    exported,
  };
}

onEveryStorage("an answer that is excluded", (make) => {
  test("leaves every figure and list, and stands in the export and on the panel as what it is", async () => {
    // S76
    const world = await aDesk(make);
    expect(await world.csat.excludeAnswer(ticket, by)).toEqual({ ...ticket, kind: "excluded" });
    const { metrics, ...lists } = await figuresOf(world);
    expect(lists).toEqual({ responses: ["T2"], lowRatings: [], exported: ["T2", "T1, excluded"] });
    expect(metrics.current).toMatchObject({ sent: 2, responses: 1, averageRating: 5, responseRate: 0.5 });
    expect(metrics.byResolver.map(({ actorId, responses }) => [actorId, responses])).toEqual([["bob", 1]]);
    const getOperators = async () => [{ id: "eve", name: "Eve" }];
    const csat = world.anotherProcess({ tickets: { ...world.tickets, getOperators } });
    expect(await csat.getTicketPanel(ticket)).toMatchObject({
      state: "answered",
      response: { rating: 1, comment: "Comment of T1" },
      excluded: { reason: "machine", actorId: "eve", actorName: "Eve", at: world.clock.now() },
    });
    expect(await world.story("T1")).toEqual([
      "resolved",
      "scheduled",
      "sent",
      "answered",
      "excluded:machine",
    ]);
    expect((await csat.explain(ticket)).at(-1)).toMatchObject({ actorId: "eve", actorName: "Eve" });
    // What is counted is what the rows say.
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("counts again once it is restored, as if nothing had been", async () => {
    // S76
    const world = await aDesk(make);
    const before = await figuresOf(world);
    await world.csat.excludeAnswer(ticket, by);
    expect(await world.csat.restoreAnswer(ticket, restoring)).toEqual({ ...ticket, kind: "restored" });
    expect(await figuresOf(world)).toEqual(before);
    expect(await world.csat.getTicketPanel(ticket)).not.toHaveProperty("excluded");
    expect((await world.csat.explain(ticket)).at(-1)).toMatchObject({ event: "restored", actorId: "root" });
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("is excluded once, also by two processes at once; the first reason stands", async () => {
    // S76
    const world = await aDesk(make);
    const outcomes = await Promise.all([
      world.csat.excludeAnswer(ticket, by),
      world.anotherProcess().excludeAnswer(ticket, { actorId: "root", reason: "mistake" }),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["excluded", "nothing_to_do"]);
    const panel = await world.csat.getTicketPanel(ticket);
    expect(await world.csat.excludeAnswer(ticket, { ...by, reason: "other" })).toMatchObject({
      kind: "nothing_to_do",
    });
    expect(await world.csat.getTicketPanel(ticket)).toEqual(panel);
    expect((await world.story("T1")).filter((line) => line.startsWith("excluded"))).toHaveLength(1);
    const { items } = await world.csat.listEvents(workspaceId);
    expect(items.filter(({ type }) => type === "ticket.csat_excluded")).toHaveLength(1);
    await world.csat.restoreAnswer(ticket, restoring);
    expect(await world.csat.restoreAnswer(ticket, restoring)).toMatchObject({ kind: "nothing_to_do" });
  });

  test("and restored at once ends as the later of the two wrote it, with figures to match", async () => {
    // S76
    const world = await aDesk(make);
    await world.csat.excludeAnswer(ticket, by);
    // The process that excludes anew is held up between reading and writing, and restoring happens meanwhile, whole.
    let isOver = false;
    const { storage } = world;
    const slow = world.anotherProcess({
      storage: {
        ...storage,
        auto: {
          ...storage.auto,
          write: async (changes) => {
            const isIt = ({ key }: HeadChange) => key.kind === "ticket";
            if (!isOver && changes[0]?.heads.some(isIt)) {
              isOver = true;
              await world.csat.excludeAnswer(ticket, { ...by, reason: "agent" });
            }
            return storage.auto.write(changes);
          },
        },
      },
    });
    expect(await slow.restoreAnswer(ticket, restoring)).toMatchObject({ kind: "restored" });
    expect(await slow.excludeAnswer(ticket, { ...by, reason: "agent" })).toMatchObject({ kind: "excluded" });
    expect(await world.csat.getTicketPanel(ticket)).toMatchObject({ excluded: { reason: "agent" } });
    expect((await figuresOf(world)).metrics.current).toMatchObject({ sent: 2, responses: 1 });
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("moves to whoever turns out to have resolved the ticket first, and counts there when restored", async () => {
    // S76, S46
    const world = await aDesk(make);
    await world.csat.excludeAnswer(ticket, by);
    const earlier = new Date(world.clock.now().getTime() - 5 * 3_600_000);
    await world.csat.ticketResolved({ ...ticket, actorId: "carl", resolvedAt: earlier });
    expect((await figuresOf(world)).metrics.current).toMatchObject({ sent: 2, responses: 1 });
    expect(await world.csat.recount(workspaceId)).toEqual([]);
    await world.csat.restoreAnswer(ticket, restoring);
    const { byResolver } = (await figuresOf(world)).metrics;
    expect(new Set(byResolver.map(({ actorId }) => actorId))).toEqual(new Set(["bob", "carl"]));
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("is erased like any, and nothing can be said about it then, nor about what was never answered", async () => {
    // S76, S56
    const world = await aDesk(make);
    await world.csat.excludeAnswer(ticket, by);
    await world.csat.eraseTickets([ticket]);
    const { metrics, exported } = await figuresOf(world);
    expect(metrics.current).toMatchObject({ sent: 1, responses: 1 });
    expect(exported).toEqual(["T2"]);
    for (const ticketId of ["T1", "T9"]) {
      const ref = { workspaceId, ticketId };
      expect(await world.csat.excludeAnswer(ref, by)).toEqual({ ...ref, kind: "not_answered" });
      expect(await world.csat.restoreAnswer(ref, restoring)).toEqual({ ...ref, kind: "not_answered" });
    }
    expect(await world.story("T1")).toEqual(["erased"]);
    expect((await world.csat.listEvents(workspaceId)).items.map(({ type }) => type)).toEqual([
      "ticket.csat_received",
    ]);
  });

  test("leaves its customer alone as long as any answer does", async () => {
    // S76, S61
    const world = await make();
    await world.csat.updateSettings(workspaceId, { answerCooldownDays: 30 });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted.at(-1), 1);
    await world.csat.excludeAnswer(ticket, by);
    await world.resolve("T3");
    await world.pass({ hours: 1 });
    expect(await world.survey("T3")).toMatchObject({ reason: "asked_recently" });
  });

  test("needs a reason that is known, and somebody who says so", async () => {
    // S76
    const world = await aDesk(make);
    for (const wrong of [{ ...by, reason: "dislike" }, { reason: "machine" }, { actorId: "eve" }, null]) {
      const failed = world.csat.excludeAnswer(ticket, wrong as typeof by); // On purpose: bad input.
      await expect(failed).rejects.toMatchObject({ code: "invalid_input" });
    }
    const disliked = { ...by, reason: "dislike" as "other" }; // On purpose: bad input.
    await expect(world.csat.excludeAnswer(ticket, disliked)).rejects.toThrow(
      "No answer was excluded: reason must be one of machine, agent, mistake, other.",
    );
    await expect(world.csat.restoreAnswer(ticket, { actorId: "" })).rejects.toThrow("No answer was restored");
    expect((await figuresOf(world)).responses).toEqual(["T2", "T1"]);
  });
});

onDatabases("an answer that is excluded in the host's transaction", (make, opened) => {
  test("counts again after a rollback, and is told to nobody", async () => {
    // S76, S84
    const told: unknown[] = [];
    const world = await aDesk(make, { options: { onChange: (change) => void told.push(change) } });
    const before = await figuresOf(world);
    told.length = 0;
    await opened().hostTransaction(async (tx) => {
      expect(await world.csat.excludeAnswer(ticket, by, { tx })).toMatchObject({ kind: "excluded" });
      return "rollback";
    });
    expect(await figuresOf(world)).toEqual(before);
    await opened().hostTransaction(async (tx) => {
      await world.csat.excludeAnswer(ticket, by, { tx });
      return "commit";
    });
    expect((await figuresOf(world)).responses).toEqual(["T2"]);
    expect(told).toEqual([]);
  });
});
