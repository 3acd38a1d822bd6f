import type { TicketResolved } from "@csat/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";
import type { OpenStorage } from "../world/open-storage.ts";
import { openServer } from "../world/storages.ts";

onEveryStorage("bulk calls", (make) => {
  test("a bad ticket stops no other, repeats are harmless, and each event has its answer in its place", async () => {
    // S15
    const world = await make();
    const resolvedAt = world.clock.now();
    const event = (ticketId: unknown) =>
      ({ workspaceId, ticketId, actorId: "olivia", resolvedAt }) as TicketResolved; // On purpose: bad input.
    await world.resolve("T0");
    const outcomes = await world.csat.ticketsResolved([
      event("T2"),
      event(""),
      event("T1"),
      event("T2"),
      event(17),
      { ...event("T3"), resolvedAt: new Date("yesterday") },
      event("T0"),
      event("a\u0000b"),
    ]);
    expect(
      outcomes.map((outcome) =>
        outcome.kind === "not_surveyed"
          ? outcome.reason
          : outcome.kind === "rejected"
            ? outcome.error.issues.map(({ path }) => path).join()
            : `${outcome.kind} ${outcome.ticketId}`,
      ),
    ).toEqual([
      "scheduled T2",
      "ticketId",
      "scheduled T1",
      "already_scheduled",
      "ticketId",
      "resolvedAt",
      "already_scheduled",
      "ticketId",
    ]);
    expect(world.scheduler.scheduled).toHaveLength(3);
  });

  test("a ticket's events in one call count in the order of their times", async () => {
    // S15, S20
    const world = await make();
    const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 11, minute));
    const event = (minute: number) => ({
      workspaceId,
      ticketId: "T1",
      actorId: `at-${minute}`,
      resolvedAt: at(minute),
    });
    await world.csat.ticketLeft({ workspaceId, ticketId: "T1", at: at(5), reason: "reopened" });
    const outcomes = await world.csat.ticketsResolved([event(30), event(10), event(1)]);
    expect(outcomes).toMatchObject([
      { reason: "already_scheduled" },
      { kind: "scheduled", dueAt: at(70) },
      { reason: "left_since" },
    ]);
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "at-1" });
  });

  test("single calls throw what is wrong, bulk calls answer it", async () => {
    const world = await make();
    const bad = { workspaceId: "", ticketId: "T1", actorId: null, resolvedAt: world.clock.now() };
    await expect(world.csat.ticketResolved(bad)).rejects.toMatchObject({
      code: "invalid_input",
      issues: [{ path: "workspaceId" }],
    });
    expect(await world.csat.ticketsResolved([bad])).toMatchObject([{ kind: "rejected", ticketId: "T1" }]);
    expect(await world.csat.ticketsResolved([])).toEqual([]);
  });
});

let server: OpenStorage | undefined;
let statements = 0;
beforeAll(async () => {
  server = await openServer(() => {
    statements++;
  });
});
beforeEach(() => {
  statements = 0;
});
afterAll(async () => server?.close());

async function statementsFor(count: number): Promise<number> {
  if (server === undefined) throw new Error("No server.");
  const world = await aWorld({ storage: await server.fresh() });
  const resolvedAt = world.clock.now();
  const events = Array.from({ length: count }, (_, place) => ({
    workspaceId,
    ticketId: `T${place}`,
    actorId: null,
    resolvedAt,
  }));
  statements = 0;
  const outcomes = await world.csat.ticketsResolved(events);
  expect(outcomes.filter(({ kind }) => kind === "scheduled")).toHaveLength(count);
  return statements;
}

test("10,000 tickets cost ten times the statements of one, whatever the chunk holds", async () => {
  // S15
  const forOne = await statementsFor(1);
  expect(await statementsFor(1_000)).toBe(forOne);
  // Settings come with the tickets of a chunk, in one statement.
  expect(forOne).toBe(2);
  expect(await statementsFor(10_000)).toBe(10 * forOne);
});

test("1,000 tickets of 1,000 workspaces, and one ticket 500 times, cost the statements of one", async () => {
  // S15
  const forOne = await statementsFor(1);
  if (server === undefined) throw new Error("No server.");
  const world = await aWorld({ storage: await server.fresh() });
  const resolvedAt = world.clock.now();
  const event = (place: number) => ({
    workspaceId: `workspace-${place}`,
    ticketId: "T1",
    actorId: null,
    resolvedAt,
  });
  statements = 0;
  await world.csat.ticketsResolved(Array.from({ length: 1_000 }, (_, place) => event(place)));
  expect(statements).toBe(forOne);
  statements = 0;
  await world.csat.ticketsResolved(Array.from({ length: 500 }, () => event(1_000)));
  expect(statements).toBe(forOne);
});

test("two opposite bulk calls of 5,000 tickets both finish", async () => {
  // S57
  if (server === undefined) throw new Error("No server.");
  const world = await aWorld({ storage: await server.fresh() });
  const resolvedAt = world.clock.now();
  const events = Array.from({ length: 5_000 }, (_, place) => ({
    workspaceId,
    ticketId: `T${place}`,
    actorId: null,
    resolvedAt,
  }));
  const [one, other] = await Promise.all([
    world.csat.ticketsResolved(events),
    world.csat.ticketsResolved(events.toReversed()),
  ]);
  const scheduled = [...one, ...other].filter(({ kind }) => kind === "scheduled");
  expect(scheduled).toHaveLength(5_000);
  const at = new Date(resolvedAt.getTime() + 1);
  const leavings = events.map(({ ticketId }) => ({ workspaceId, ticketId, at, reason: "closed" as const }));
  const left = await Promise.all([
    world.csat.ticketsLeft(leavings),
    world.csat.ticketsLeft(leavings.toReversed()),
    world.csat.ticketsResolved(events),
  ]);
  expect(left.flat().filter(({ kind }) => kind === "canceled")).toHaveLength(5_000);
});
