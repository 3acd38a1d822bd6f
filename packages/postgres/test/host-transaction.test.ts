import { isCsatError } from "@csat/core";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import {
  aTicket,
  aWorkspace,
  dueAt,
  eventHead,
  ticketChange,
  ticketHead,
  ticketKey,
} from "./support/heads.ts";
import { aHelpdesk } from "./support/helpdesk.ts";

const server = connections();
const levels = ["read committed", "repeatable read", "serializable"] as const;

describe.each(levels)("inside the host's transaction at %s", (isolationLevel) => {
  test("a resolution and a leaving commit or roll back with it", async () => {
    // S57
    for (const end of ["commit", "rollback"] as const) {
      const { workspaceId, ticketId } = aTicket();
      const desk = await aHelpdesk(server.storage(), [workspaceId]);
      const event = { workspaceId, ticketId, actorId: "ann", resolvedAt: desk.now() };
      const work = server.db().transaction(
        async (tx) => {
          expect(await desk.csat.ticketResolved(event, { tx })).toMatchObject({ kind: "scheduled" });
          expect((await desk.csat.ticketResolved(event, { tx })).kind).not.toBe("scheduled");
          const left = { workspaceId, ticketId, at: desk.now(), reason: "closed" } as const;
          expect(await desk.csat.ticketLeft(left, { tx })).toMatchObject({ kind: "canceled" });
          if (end === "rollback") throw new Error("rolled back");
        },
        { isolationLevel },
      );
      const outcome = await work.then(() => "commit", String);
      expect(outcome).toBe(end === "commit" ? "commit" : "Error: rolled back");
      const told = (await desk.csat.explain({ workspaceId, ticketId })).length;
      expect(told > 0).toBe(end === "commit");
    }
  });

  test("a conflict is a value, and the transaction goes on", async () => {
    // S57
    const key = ticketKey(aWorkspace());
    await server.storage().auto.write([ticketChange(key, { due: dueAt(60) })]);
    await server.db().transaction(
      async (tx) => {
        const session = server.storage().within(tx);
        const lease = { id: "nobody's", extendMs: null };
        const outcomes = [
          await session.write([ticketChange(key)]),
          await session.write([ticketChange(key, { expected: 7 })]),
          await session.write([ticketChange(key, { expected: 1, lease })]),
          await session.write([
            { heads: [ticketHead(key, { expected: 0 }), eventHead(key.workspaceId, "E1")] },
          ]),
          await session.write([ticketChange(key, { expected: 1 })]),
        ];
        expect(outcomes.flat()).toEqual(["conflict", "conflict", "lost_lease", "conflict", "written"]);
        expect(await session.byToken("unknown")).toBeNull();
        await tx.execute(sql`select 1`);
      },
      { isolationLevel },
    );
    expect(await server.storage().auto.read([key])).toMatchObject([{ version: 2 }]);
  });
});

test("at read committed a host's transaction that waits for another is told a conflict, never aborted", async () => {
  // S57
  for (const expected of [0, 1]) {
    const key = ticketKey(aWorkspace());
    if (expected === 1) await server.storage().auto.write([ticketChange(key)]);
    const met = await meeting(
      server,
      (session) => session.write([ticketChange(key, { expected })]),
      (storage) =>
        server.db().transaction(async (tx) => {
          const session = storage.within(tx);
          const first = await session.write([ticketChange(key, { expected })]);
          const [head] = await session.read([{ ...key, lock: true }]);
          const second = await session.write([ticketChange(key, { expected: head?.version ?? 0 })]);
          return [...first, ...second];
        }),
    );
    expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict", "written"], true]);
  }
});

test("at repeatable read what met another write is storage_failed with 40001, and the repeated transaction succeeds", async () => {
  // S57
  const key = ticketKey(aWorkspace());
  await server.storage().auto.write([ticketChange(key)]);
  const inHost = () =>
    server.db().transaction(
      async (tx) => {
        await tx.execute(sql`select 1 from csat.tickets limit 1`);
        const session = server.storage().within(tx);
        const [head] = await session.read([{ ...key, lock: true }]);
        return session.write([ticketChange(key, { expected: head?.version ?? 0 })]);
      },
      { isolationLevel: "repeatable read" },
    );
  const met = meeting(server, (session) => session.write([ticketChange(key, { expected: 1 })]), inHost);
  const error: unknown = await met.catch((thrown: unknown) => thrown);
  expect(isCsatError(error, "storage_failed")).toBe(true);
  expect(error).toMatchObject({ cause: { code: "40001" } });
  expect(String(error)).toContain("repeat the whole transaction");
  expect(await inHost()).toEqual(["written"]);
});
