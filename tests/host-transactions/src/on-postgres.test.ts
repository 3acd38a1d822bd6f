import type { HostTransaction } from "@csat/core/transactions";
import { migrate, postgresStorage } from "@csat/postgres";
import { createTestDatabase } from "@csat-internal/test-support";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { hostRules, resolved, workspaceId } from "./host-rules.ts";
import { postgresHosts } from "./postgres-hosts.ts";
import { prismaHost } from "./prisma-host.ts";

hostRules({
  on: "Postgres",
  libraries: [...postgresHosts, prismaHost("postgresql")],
  async open() {
    const database = await createTestDatabase(inject("databaseUrl"));
    const pool = new pg.Pool({ connectionString: database.url, max: 2 });
    pool.on("error", () => {});
    await migrate(pool);
    return {
      url: database.url,
      storage: postgresStorage(pool),
      async close() {
        await pool.end();
        await database.drop();
      },
    };
  },
  more(desk) {
    test("above READ COMMITTED the database's refusal passes, 40001, and the whole can be repeated", async () => {
      // S84
      const { host, csat, storyOf } = desk();
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
  },
});
