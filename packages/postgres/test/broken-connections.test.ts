import { Socket } from "node:net";

import { migrate, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();
const ref = { workspaceId: "acme", ticketId: "T1" };

/** A pool of one connection, whose lent ones can be broken before anybody notices. */
async function aPoolOfOne(onTestFinished: (cleanUp: () => Promise<void>) => void) {
  const pool = new pg.Pool({ connectionString: database.url(), max: 1, connectionTimeoutMillis: 2_000 });
  onTestFinished(() => pool.end());
  const db = drizzle(pool);
  await migrate(db);
  const storage = postgresStorage(db);
  return { pool, storage, breakNextLent: () => pool.once("acquire", breakOff) };
}

// As a server that crashed leaves it: pg learns of it when it writes.
function breakOff(client: pg.PoolClient): void {
  const { connection }: { connection?: unknown } = client;
  const stream: unknown =
    typeof connection === "object" && connection !== null && "stream" in connection
      ? connection.stream
      : null;
  if (!(stream instanceof Socket)) throw new Error("pg keeps its socket elsewhere now.");
  stream.destroy();
}

test("a connection that broke before BEGIN fails one call and is no loss to the pool", async ({
  onTestFinished,
}) => {
  const { pool, storage, breakNextLent } = await aPoolOfOne(onTestFinished);
  breakNextLent();
  await expect(storage.surveys.erase([ref])).rejects.toMatchObject({ code: "storage_failed" });
  // With the pool's only connection kept for ever, this would wait in vain.
  await storage.surveys.erase([ref]);
  expect(pool.idleCount).toBe(1);
});

test("a connection that breaks inside a transaction fails the call, not the process", async ({
  onTestFinished,
}) => {
  const { pool, storage } = await aPoolOfOne(onTestFinished);
  let lent: pg.PoolClient | undefined;
  pool.once("acquire", (client) => {
    lent = client;
  });
  const work = storage.transaction(async ({ journal }) => {
    if (lent !== undefined) breakOff(lent);
    // Node tells of the broken connection before the next statement is written.
    await new Promise((resolve) => lent?.once("end", resolve));
    await journal.list(ref);
  });
  await expect(work).rejects.toMatchObject({ code: "storage_failed" });
  expect(await storage.transaction(({ journal }) => journal.list(ref))).toEqual([]);
});
