import { sized } from "@csat-internal/test-support";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { openMysql } from "../world/mysql-storage.ts";
import type { OpenStorage } from "../world/open-storage.ts";

let server: OpenStorage | undefined;
beforeAll(async () => {
  server = await openMysql();
});
afterAll(() => server?.close());

const many = sized({ usual: 1_000, full: 5_000 });

async function aServer() {
  if (server === undefined) throw new Error("No server.");
  const world = await aWorld({ storage: await server.fresh() });
  const resolvedAt = world.clock.now();
  const events = Array.from({ length: many }, (_, place) => ({
    workspaceId,
    ticketId: `T${place}`,
    actorId: null,
    resolvedAt,
  }));
  return { server, world, events, resolvedAt };
}

test("on MySQL two opposite bulk calls of thousands of tickets both finish", async () => {
  // S57
  const { world, events, resolvedAt } = await aServer();
  const [one, other] = await Promise.all([
    world.csat.ticketsResolved(events),
    world.csat.ticketsResolved(events.toReversed()),
  ]);
  expect([...one, ...other].filter(({ kind }) => kind === "scheduled")).toHaveLength(many);
  const at = new Date(resolvedAt.getTime() + 1);
  const leavings = events.map(({ ticketId }) => ({ workspaceId, ticketId, at, reason: "closed" as const }));
  const left = await Promise.all([
    world.csat.ticketsLeft(leavings),
    world.csat.ticketsLeft(leavings.toReversed()),
    world.csat.ticketsResolved(events),
  ]);
  expect(left.flat().filter(({ kind }) => kind === "canceled")).toHaveLength(many);
});

test("on MySQL two opposite bulk calls in transactions of two hosts, at REPEATABLE READ, both commit", async () => {
  // S57
  const { server: opened, world, events } = await aServer();
  const inHost = (those: typeof events) =>
    opened.hostTransaction(async (tx) => {
      // A chunk is what the library locks in one order; the host's own calls come in its order.
      await world.csat.ticketsResolved(those.slice(0, 1_000), { tx });
      return "commit";
    });
  await Promise.all([inHost(events), inHost(events.slice(0, 1_000).toReversed())]);
  for (const ticketId of ["T0", "T500", "T999"])
    expect(await world.survey(ticketId)).toMatchObject({ status: "scheduled", generation: 1 });
});
