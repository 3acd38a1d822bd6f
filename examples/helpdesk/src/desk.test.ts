import { createCsat, systemClock, type TicketLeft, type TicketResolved } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import type { TestDatabase } from "@csat-internal/test-support";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { csatStorage, migrateCsat } from "./csat-storage.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { type Desk, openDesk } from "./desk.ts";
import { createTables } from "./tables/tables.ts";
import { onEachServer } from "./tests/a-helpdesk.ts";
import { createTicket, findTicket } from "./tickets.ts";
import type { DemoUser } from "./users.ts";

onEachServer((createDatabase) => {
  let server: TestDatabase;
  let opened: OpenDatabase;
  beforeAll(async () => {
    server = await createDatabase();
    opened = await openDatabase({ kind: "server", url: server.url });
    await createTables(opened.database);
  });
  afterAll(async () => {
    await opened.close();
    await server.drop();
  });

  const now = new Date("2026-11-23T14:05:00.000Z");
  const bob: DemoUser = { id: "bob", name: "Bob", role: "operator", workspaceId: "acme" };
  const customer = { name: null, email: null };

  /** A desk at a time that stands still, and what it tells the library. */
  let desk: Desk;
  let told: (TicketResolved | TicketLeft)[];
  let failure: Error | null;
  beforeEach(() => {
    told = [];
    failure = null;
    const hear = async (events: readonly (TicketResolved | TicketLeft)[]) => {
      if (failure !== null) throw failure;
      told.push(...events);
      return [];
    };
    const csat = { ticketsResolved: hear, ticketsLeft: hear, afterCommit: async () => {} };
    desk = openDesk({ database: opened.database, csat, clock: { now: () => now } });
  });

  async function aTicket(): Promise<string> {
    const ticket = { workspaceId: "acme", subject: "x", customer, assigneeId: null, now };
    return (await createTicket(opened.database, ticket)).id;
  }

  // S57, S84
  test("what the library wrote goes when the desk's transaction does, and stands when that commits", async () => {
    const { database } = opened;
    await migrateCsat(database);
    const real = createCsat({
      storage: csatStorage(database),
      scheduler: inProcessScheduler(),
      mailer: memoryMailer(),
      tickets: memoryTickets(),
      publicUrl: "http://127.0.0.1/csat",
    });
    await real.updateSettings("acme", { enabled: true });
    const csat: Parameters<typeof openDesk>[0]["csat"] = {
      ...real,
      ticketsResolved: async (events, within) => {
        const outcomes = await real.ticketsResolved(events, within);
        if (failure !== null) throw failure;
        return outcomes;
      },
    };
    const telling = openDesk({ database, csat, clock: systemClock });
    const ticketId = await aTicket();
    const journal = () => real.explain({ workspaceId: "acme", ticketId });
    failure = new Error("the desk thinks better of it");
    await expect(telling.resolve(bob, [ticketId], "Done")).rejects.toThrow(failure);
    expect(await journal()).toEqual([]);
    expect(await findTicket(database, "acme", ticketId)).toMatchObject({ status: "open" });
    failure = null;
    await telling.resolve(bob, [ticketId], "Done");
    expect((await journal()).map(({ event }) => event)).toEqual(["resolved", "scheduled"]);
  });

  const millisecondsLater = (count: number) => new Date(now.getTime() + count);

  // S20
  test("moves within one millisecond are told with times in their order", async () => {
    const id = await aTicket();
    for (const status of ["resolved", "open", "resolved", "closed"] as const) {
      await desk.update(bob, id, { status });
    }
    const ticket = { workspaceId: "acme", ticketId: id };
    expect(told).toEqual([
      { ...ticket, actorId: "bob", resolvedAt: millisecondsLater(1) },
      { ...ticket, reason: "reopened", at: millisecondsLater(2) },
      { ...ticket, actorId: "bob", resolvedAt: millisecondsLater(3) },
      { ...ticket, reason: "closed", at: millisecondsLater(4) },
    ]);
  });

  // S1
  test("moves between open and closed, and moves to where a ticket is, are no news", async () => {
    const id = await aTicket();
    for (const status of ["open", "closed", "closed", "open"] as const)
      await desk.update(bob, id, { status });
    await desk.autoClose(bob, [id]);
    await desk.update(bob, id, { assigneeId: "bob" });
    expect(told).toEqual([]);
  });

  test("a closed ticket that is resolved is news like any other", async () => {
    const id = await aTicket();
    await desk.update(bob, id, { status: "closed" });
    await desk.resolve(bob, [id], null);
    expect(told).toMatchObject([{ ticketId: id, actorId: "bob" }]);
  });

  // S3
  test("a resolved ticket that is merged is told as merged, and one that was closed before is not told", async () => {
    const [resolved, closed, into] = [await aTicket(), await aTicket(), await aTicket()];
    await desk.resolve(bob, [resolved], null);
    await desk.update(bob, closed, { status: "closed" });
    told = [];
    await desk.merge(bob, resolved, into);
    await desk.merge(bob, closed, into);
    expect(told).toMatchObject([{ ticketId: resolved, reason: "merged" }]);
    expect(await findTicket(opened.database, "acme", closed)).toMatchObject({
      status: "closed",
      mergedInto: into,
    });
  });

  test("status and assignee change together, or not at all when the library fails", async () => {
    const id = await aTicket();
    failure = new Error("no connection");
    await expect(desk.update(bob, id, { status: "resolved", assigneeId: "carol" })).rejects.toThrow(failure);
    const untouched = { status: "open", assigneeId: null, statusChangedAt: now };
    expect(await findTicket(opened.database, "acme", id)).toMatchObject(untouched);
    failure = null;
    await desk.update(bob, id, { status: "resolved", assigneeId: "carol" });
    expect(await findTicket(opened.database, "acme", id)).toMatchObject({
      status: "resolved",
      assigneeId: "carol",
    });
  });
});
