import type { DrizzleTx } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, type World, workspaceId } from "../world/a-world.ts";
import { onDatabases } from "../world/on-storages.ts";
import { openServer } from "../world/storages.ts";

const resolved = (world: World<DrizzleTx>) => ({
  workspaceId,
  ticketId: "T1",
  actorId: "olivia",
  resolvedAt: world.clock.now(),
});

onDatabases("the host's transaction", (make, opened) => {
  test("a rollback leaves nothing behind, and asked for no wake-up", async () => {
    // S9, S57
    const world = await make();
    await opened().hostTransaction(async (tx) => {
      expect(await world.csat.ticketResolved(resolved(world), { tx })).toMatchObject({ kind: "scheduled" });
      return "rollback";
    });
    expect(await world.survey("T1")).toBeNull();
    expect(await world.story("T1")).toEqual([]);
    expect(world.scheduler.scheduled).toEqual([]);
    expect(await world.csat.ticketResolved(resolved(world))).toMatchObject({
      kind: "scheduled",
      generation: 1,
    });
  });

  test("a commit keeps the survey; the wake-up is asked for afterwards", async () => {
    // S16
    const world = await make();
    await opened().hostTransaction(async (tx) => {
      const outcome = await world.csat.ticketResolved(resolved(world), { tx });
      expect(world.scheduler.scheduled).toEqual([]);
      await world.csat.afterCommit(outcome);
      return "commit";
    });
    expect(world.scheduler.scheduled).toHaveLength(1);
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled" });
  });

  test("a repeat inside it does not spoil the transaction", async () => {
    // S15, S57
    const world = await make();
    await world.csat.ticketResolved(resolved(world));
    await opened().hostTransaction(async (tx) => {
      const again = await world.csat.ticketsResolved([resolved(world), resolved(world)], { tx });
      expect(again).toMatchObject([{ reason: "already_scheduled" }, { reason: "already_scheduled" }]);
      expect(
        await world.csat.ticketLeft({ ...resolved(world), at: world.clock.now(), reason: "closed" }, { tx }),
      ).toMatchObject({ kind: "canceled" });
      await world.csat.eraseTickets([{ workspaceId, ticketId: "T2" }], { tx });
      return "commit";
    });
    expect(await world.survey("T1")).toMatchObject({ status: "canceled" });
    expect(await world.survey("T2")).toMatchObject({ status: "erased" });
  });
});

let close: () => Promise<void> = async () => {};
let strict: { readonly db: ReturnType<typeof drizzle>; readonly world: World<DrizzleTx> } | undefined;
beforeAll(async () => {
  const server = await openServer();
  const pool = new pg.Pool({ connectionString: server.url });
  close = async () => {
    await pool.end();
    await server.close();
  };
  strict = { db: drizzle(pool), world: await aWorld({ storage: await server.fresh() }) };
});
afterAll(() => close());

test.each(["repeatable read", "serializable"] as const)(
  "the library works inside a %s transaction",
  async (isolationLevel) => {
    // S57
    if (strict === undefined) throw new Error("No server.");
    const { db, world } = strict;
    const ticketId = `T-${isolationLevel}`;
    await db.transaction(
      async (tx) => {
        const outcome = await world.csat.ticketResolved({ ...resolved(world), ticketId }, { tx });
        expect(outcome).toMatchObject({ kind: "scheduled" });
      },
      { isolationLevel },
    );
    expect(await world.survey(ticketId)).toMatchObject({ status: "scheduled" });
  },
);

test("under repeatable read a concurrent change is an error of the storage that the host can retry", async () => {
  // S57
  if (strict === undefined) throw new Error("No server.");
  const { db, world } = strict;
  const event = { ...resolved(world), ticketId: "T-raced" };
  await world.csat.ticketResolved(event);
  const attempt = db.transaction(
    async (tx) => {
      await tx.execute("select 1 from csat.tickets");
      await world.csat.ticketLeft({ ...event, at: world.clock.now(), reason: "closed" });
      await world.csat.ticketLeft(
        { ...event, at: new Date(world.clock.now().getTime() + 1), reason: "closed" },
        { tx },
      );
    },
    { isolationLevel: "repeatable read" },
  );
  await expect(attempt).rejects.toMatchObject({ code: "storage_failed", cause: { code: "40001" } });
});
