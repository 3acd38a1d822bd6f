import { createCsat, type Mailer, type Scheduler, type Store, type TicketSource } from "@csat/core";
import { createHandler } from "@csat/http";
import { type DrizzleTx, type Executor, postgresStorage } from "@csat/postgres";
import { PGlite } from "@electric-sql/pglite";
import { eq } from "drizzle-orm";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgresJs } from "drizzle-orm/postgres-js";
import { Pool } from "pg";
import postgres from "postgres";
import { expectTypeOf, test } from "vitest";

// Compiled, never run: the types of the host's code are what is tested here.
declare const ports: {
  readonly scheduler: Scheduler;
  readonly mailer: Mailer;
  readonly tickets: TicketSource;
  readonly publicUrl: string;
};
declare const memory: Store;
const ticketTable = pgTable("tickets", { id: text("id").primaryKey(), status: text("status").notNull() });
const event = { workspaceId: "w", ticketId: "t", actorId: "a", resolvedAt: new Date(0) };

const onPglite = async () => {
  const db = drizzlePglite(new PGlite(), { schema: { ticketTable } });
  const csat = createCsat({ ...ports, storage: postgresStorage(db) });
  const outcome = await db.transaction(async (tx) => {
    await tx.update(ticketTable).set({ status: "resolved" }).where(eq(ticketTable.id, "t"));
    return csat.ticketResolved(event, { tx });
  });
  await csat.afterCommit(outcome);
  // @ts-expect-error a string is no transaction
  await csat.ticketResolved(event, { tx: "nope" });
  return createHandler(csat, { basePath: "/csat", authorize: async () => null });
};

const onNodePostgres = async () => {
  const db = drizzleNodePostgres("postgres://localhost/x", { schema: { ticketTable } });
  const csat = createCsat({ ...ports, storage: postgresStorage(db, { schema: "helpdesk_csat" }) });
  await db.transaction((tx) => csat.ticketResolved(event, { tx }));
};

const onPostgresJs = async () => {
  const db = drizzlePostgresJs("postgres://localhost/x");
  const csat = createCsat({ ...ports, storage: postgresStorage(db) });
  await db.transaction((tx) => csat.ticketResolved(event, { tx }));
};

const inMemory = async () => {
  const csat = createCsat({ ...ports, storage: memory });
  // @ts-expect-error this storage has no host transactions
  await csat.ticketResolved(event, { tx: {} });
};

const onPool = async () => {
  const pool = new Pool();
  const csat = createCsat({ ...ports, storage: postgresStorage(pool) });
  const client = await pool.connect();
  await client.query("begin");
  await csat.ticketResolved(event, { tx: { query: ({ text, values }) => client.query(text, [...values]) } });
  await client.query("commit");
};

const onClients = () => [postgresStorage(postgres()), postgresStorage(new PGlite())];

const wrong = () => {
  // @ts-expect-error a transaction handle alone opens no transactions
  postgresStorage({ execute: drizzlePglite(new PGlite()).execute });
};

test("hosts of three drivers hand over their database, and their transactions to each call", () => {
  expectTypeOf(postgresStorage).returns.toEqualTypeOf<Store<DrizzleTx | Executor>>();
  expectTypeOf(onPglite).returns.resolves.toEqualTypeOf<ReturnType<typeof createHandler>>();
  expectTypeOf([onNodePostgres, onPostgresJs, onPool, inMemory]).items.returns.resolves.toBeVoid();
  expectTypeOf(onClients).returns.items.toEqualTypeOf<Store<DrizzleTx | Executor>>();
  expectTypeOf(wrong).returns.toBeVoid();
});
