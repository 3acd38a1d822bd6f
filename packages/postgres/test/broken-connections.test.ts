import { Socket } from "node:net";
import type { Session } from "@csat/core";
import { migrate, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { executorOf } from "../src/drivers.ts";
import { inTransaction } from "../src/executor.ts";
import { ticketChange, ticketKey } from "./support/heads.ts";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();
const key = ticketKey("acme");

const readKey = (session: Session) => session.read([key]);

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
  await expect(storage.own(readKey)).rejects.toMatchObject({ code: "storage_failed" });
  // With the pool's only connection kept for ever, this would wait in vain.
  await storage.own(readKey);
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
  const work = storage.own(async (session) => {
    if (lent !== undefined) breakOff(lent);
    // Node tells of the broken connection before the next statement is written.
    await new Promise((resolve) => lent?.once("end", resolve));
    await session.read([key]);
  });
  await expect(work).rejects.toMatchObject({ code: "storage_failed" });
  expect(await storage.own(readKey)).toMatchObject([{ version: 0 }]);
});

test("a pool that somebody else has exhausted fails the call with what pg says, and serves the next one", async ({
  onTestFinished,
}) => {
  const { pool, storage } = await aPoolOfOne(onTestFinished);
  const taken = await pool.connect();
  pool.options.connectionTimeoutMillis = 50;
  for (const call of [storage.own(readKey), storage.auto.read([key])]) {
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "storage_failed",
      cause: { message: expect.stringContaining("timeout") },
    });
  }
  taken.release();
  expect(await storage.own(readKey)).toMatchObject([{ version: 0 }]);
});

test("a session that the server ends in the middle of a transaction fails the call, and nothing of it is written", async ({
  onTestFinished,
}) => {
  const { pool, storage } = await aPoolOfOne(onTestFinished);
  const other = new pg.Pool({ connectionString: database.url(), max: 1 });
  onTestFinished(() => other.end());
  pool.on("error", () => {});
  const ended = storage.own(async (session) => {
    expect(await session.write([ticketChange(key)])).toEqual(["written"]);
    await other.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
    );
    return session.read([key]);
  });
  await expect(ended).rejects.toMatchObject({ code: "storage_failed" });
  expect(await storage.auto.read([key])).toMatchObject([{ version: 0 }]);
});

test("a transaction whose work went on after a failed statement was rolled back, and is told so", async ({
  onTestFinished,
}) => {
  const { pool } = await aPoolOfOne(onTestFinished);
  const executor = executorOf(pool, { prepare: true });
  const work = inTransaction(executor, async (transaction) => {
    await transaction.query({ text: "select 1 / 0", values: [] }).then(undefined, () => {});
    return "done";
  });
  await expect(work).rejects.toMatchObject({ code: "storage_failed" });
  expect(pool.idleCount).toBe(1);
});
