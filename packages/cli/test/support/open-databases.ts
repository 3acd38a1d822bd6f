import { type DrizzleDatabase, migrate } from "@csat/postgres";
import { createTestDatabase, createTestPglite } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import pg from "pg";
import { inject } from "vitest";

/** A database of the test's own. */
export interface OpenDatabase {
  readonly db: DrizzleDatabase;
  /** Runs plain SQL, as somebody at a console would. */
  sql(text: string): Promise<unknown>;
  /** From now on nobody reaches it. */
  close(): Promise<void>;
}

/** A server's database, empty. */
export async function emptyDatabase(): Promise<OpenDatabase & { readonly url: string }> {
  const database = await createTestDatabase(inject("databaseUrl"));
  const pool = openPool(database.url);
  return {
    db: drizzle(pool),
    url: database.url,
    sql: (text) => pool.query(text),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

/** A server's database with our tables. */
export async function migratedDatabase(): Promise<OpenDatabase & { readonly url: string }> {
  const database = await emptyDatabase();
  await migrate(database.db);
  return database;
}

/** A database at an address where nobody listens. */
export function unreachableDatabase(): OpenDatabase {
  const pool = openPool("postgres://127.0.0.1:1/nothing");
  return { db: drizzle(pool), sql: (text) => pool.query(text), close: () => pool.end() };
}

async function emptyPglite(): Promise<OpenDatabase> {
  const client = await createTestPglite();
  return { db: drizzlePglite(client), sql: (text) => client.exec(text), close: () => client.close() };
}

/** The two Postgres that every command is tried on, empty. */
export const emptyDatabases: readonly (readonly [name: string, open: () => Promise<OpenDatabase>])[] = [
  ["a Postgres server", emptyDatabase],
  ["PGlite", emptyPglite],
];

function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  // Dropping the database may end a connection that the pool has let go of; that is no error of any test.
  const ignore = (): void => {};
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  return pool;
}
