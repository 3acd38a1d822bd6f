import type { HostTransaction } from "@csat/core/transactions";
import { migrate, mysqlStorage } from "@csat/mysql";
import { createTestMysql } from "@csat-internal/test-support";
import { createPool } from "mysql2/promise";
import { expect, inject, test } from "vitest";
import { hostRules, resolved, workspaceId } from "./host-rules.ts";
import { mysqlHosts } from "./mysql-hosts.ts";
import { prismaHost } from "./prisma-host.ts";

const left = (ticketId: string) => ({ workspaceId, ticketId, at: new Date(), reason: "reopened" as const });

hostRules({
  on: "MySQL",
  libraries: [...mysqlHosts, prismaHost("mysql")],
  async open() {
    const database = await createTestMysql(inject("mysqlUrl"));
    const pool = createPool({ uri: database.url, connectionLimit: 4 });
    await migrate(pool);
    return {
      url: database.url,
      storage: mysqlStorage(pool),
      async close() {
        await pool.end();
        await database.drop();
      },
    };
  },
  more(desk) {
    test("at REPEATABLE READ, too, what others have committed meanwhile counts", async () => {
      // S84
      const { host, csat } = desk();
      await csat.ticketResolved(resolved("left meanwhile"));
      await host.transaction(async (tx) => {
        // The first read takes the snapshot, which is older than what comes now.
        await csat.ticketResolved(resolved("another"), { tx });
        expect(await csat.ticketLeft(left("left meanwhile"))).toMatchObject({ kind: "canceled" });
        expect(await csat.ticketLeft(left("left meanwhile"), { tx })).toMatchObject({
          kind: "nothing_pending",
        });
      });
    });

    test("a deadlock passes, 1213: one of the two has written nothing, and can be repeated whole", async () => {
      // S84
      const { host, csat, storyOf } = desk();
      const both = ["here", "there"];
      await csat.ticketsResolved(both.map(resolved));
      const bothHaveOne = barrier(2);
      const change = (order: readonly string[]) =>
        host.transaction(async (tx: HostTransaction) => {
          await csat.ticketLeft(left(order[0] ?? ""), { tx });
          await bothHaveOne();
          await csat.ticketLeft(left(order[1] ?? ""), { tx });
        });
      const changes = await Promise.allSettled([change(both), change(both.toReversed())]);
      expect(changes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      const refused = changes.find((one) => one.status === "rejected");
      expect(refused?.reason).toMatchObject({ code: "storage_failed", cause: { errno: 1213 } });
      // Of the other one everything stands, once.
      for (const ticketId of both)
        expect((await storyOf(ticketId)).filter((event) => event === "canceled")).toHaveLength(1);
    });
  },
});

/** Lets nobody on before so many have come. */
function barrier(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) for (const one of waiting) one();
    });
}
