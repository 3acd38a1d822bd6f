import { type Csat, createCsat, silentLogger } from "@csat/core";
import type { HostTransaction } from "@csat/core/transactions";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import { migrate, postgresStorage } from "@csat/postgres";
import { createTestDatabase } from "@csat-internal/test-support";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Host } from "./host.ts";
import { postgresHosts } from "./postgres-hosts.ts";
import { prismaHost } from "./prisma-host.ts";

const workspaceId = "acme";
const resolvedAt = new Date();
const resolved = (ticketId: string) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt });

describe.each([...postgresHosts, prismaHost])("$name on Postgres", ({ open }) => {
  let opened:
    | { readonly host: Host; readonly csat: Csat<HostTransaction>; close(): Promise<void> }
    | undefined;
  const desk = () => {
    if (opened === undefined) throw new Error("The database is open from beforeAll on.");
    return opened;
  };
  const storyOf = async (ticketId: string) =>
    (await desk().csat.explain({ workspaceId, ticketId })).map(({ event }) => event);

  beforeAll(async () => {
    const database = await createTestDatabase(inject("databaseUrl"));
    const pool = new pg.Pool({ connectionString: database.url, max: 2 });
    pool.on("error", () => {});
    await migrate(pool);
    const host = await open(database.url);
    const csat = createCsat<HostTransaction>({
      storage: postgresStorage(pool),
      scheduler: inProcessScheduler(),
      mailer: memoryMailer(),
      tickets: memoryTickets(),
      publicUrl: "https://help.example.com/csat",
      logger: silentLogger,
    });
    await csat.updateSettings(workspaceId, { enabled: true });
    opened = {
      host,
      csat,
      async close() {
        await host.close();
        await pool.end();
        await database.drop();
      },
    };
  });
  afterAll(() => opened?.close());

  test("what is committed stands", async () => {
    // S84, S57
    const { host, csat } = desk();
    const outcome = await host.transaction((tx) => csat.ticketResolved(resolved("committed"), { tx }));
    expect(outcome).toMatchObject({ kind: "scheduled" });
    expect(await storyOf("committed")).toEqual(["resolved", "scheduled"]);
  });

  test("what is rolled back leaves nothing", async () => {
    // S84, S57
    const { host, csat } = desk();
    const change = host.transaction(async (tx) => {
      expect(await csat.ticketResolved(resolved("rolled-back"), { tx })).toMatchObject({ kind: "scheduled" });
      throw new Error("the host thinks better of it");
    });
    await expect(change).rejects.toThrow("the host thinks better of it");
    expect(await storyOf("rolled-back")).toEqual([]);
  });

  test("a thousand events stand or fall with one transaction", async () => {
    // S84, S57
    const { host, csat } = desk();
    const events = Array.from({ length: 1_000 }, (_, place) => resolved(`of a thousand ${place}`));
    const attempt = (goesWell: boolean) =>
      host.transaction(async (tx) => {
        const outcomes = await csat.ticketsResolved(events, { tx });
        if (!goesWell) throw new Error("the host thinks better of it");
        return new Set(outcomes.map(({ kind }) => kind));
      });
    await expect(attempt(false)).rejects.toThrow("the host thinks better of it");
    expect(await storyOf("of a thousand 999")).toEqual([]);
    expect(await attempt(true)).toEqual(new Set(["scheduled"]));
    expect(await storyOf("of a thousand 999")).toEqual(["resolved", "scheduled"]);
  });

  test("several calls in one transaction see what the earlier ones did", async () => {
    // S84
    const { host, csat } = desk();
    await host.transaction(async (tx) => {
      await csat.ticketResolved(resolved("twice"), { tx });
      expect(await csat.ticketResolved(resolved("twice"), { tx })).toMatchObject({
        reason: "already_scheduled",
      });
    });
    expect(await storyOf("twice")).toEqual(["resolved", "scheduled"]);
  });

  test("a transaction that has ended is refused, and nothing is written outside of it", async () => {
    // S84
    const { host, csat } = desk();
    let kept: HostTransaction | undefined;
    await host.transaction(async (tx) => {
      kept = tx;
      await csat.ticketResolved(resolved("in time"), { tx });
    });
    const tx = kept ?? expect.unreachable();
    await expect(csat.ticketResolved(resolved("late"), { tx })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await storyOf("late")).toEqual([]);
  });

  test("nothing, and the database itself, are refused at once", () => {
    // S84
    const { host } = desk();
    expect(() => host.ofNothing()).toThrow(/no transaction was given/);
    expect(() => host.ofDatabase()).toThrow(/the database or a pool, no transaction/);
  });

  test("above READ COMMITTED the database's refusal passes, 40001, and the whole can be repeated", async () => {
    // S84
    const { host, csat } = desk();
    await csat.ticketResolved(resolved("fought over"));
    const leave = (tx?: HostTransaction) =>
      csat.ticketLeft(
        { workspaceId, ticketId: "fought over", at: new Date(), reason: "reopened" },
        ...(tx === undefined ? [] : [{ tx }]),
      );
    const change = host.transaction(async (tx) => {
      // The snapshot is taken by the first statement; then somebody else changes the ticket.
      await csat.ticketResolved(resolved("something else"), { tx });
      await leave();
      return leave(tx);
    }, "serializable");
    await expect(change).rejects.toMatchObject({ code: "storage_failed", cause: { code: "40001" } });
    expect(await storyOf("something else")).toEqual([]);
    expect(await host.transaction(leave, "serializable")).toMatchObject({ kind: "nothing_pending" });
  });
});
