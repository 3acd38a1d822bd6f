import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CsatError } from "@csat/core";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzleMysql } from "drizzle-orm/mysql2";
import { drizzle as drizzleServer } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { createPool } from "mysql2/promise";
import { Pool } from "pg";
import type { DatabaseConfig } from "./config.ts";
import { lockFolder } from "./lock-folder.ts";

/**
 * Drizzle over PGlite, node-postgres or mysql2; what is called is what all of them have (see tables/tables.ts). PGlite has
 * one connection: inside a transaction use its handle alone.
 */
export type HelpdeskDatabase = PgDatabase<PgQueryResultHKT>;

/** The handle of one transaction. */
export type HelpdeskTransaction = Parameters<Parameters<HelpdeskDatabase["transaction"]>[0]>[0];

/** An open database, and how to let go of it. */
export interface OpenDatabase {
  readonly database: HelpdeskDatabase;
  readonly close: () => Promise<void>;
}

/** Opens what the configuration names. @throws CsatError `storage_failed`, in words for the person at the terminal */
export async function openDatabase(config: DatabaseConfig): Promise<OpenDatabase> {
  switch (config.kind) {
    case "server":
      return new URL(config.url).protocol === "mysql:" ? openMysql(config.url) : openPostgres(config.url);
    case "memory":
      return await openPglite("memory://");
    case "folder":
      return await openFolder(config.path);
  }
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener a lost idle connection would end the process; the pool replaces it on demand.
  pool.on("error", () => {});
  const database = drizzleServer({ client: pool });
  return opened({ database, close: () => pool.end() }, { url, product: "Postgres", usualPort: 5432 });
}

async function openMysql(url: string): Promise<OpenDatabase> {
  const pool = createPool({ uri: url, connectTimeout: 5_000 });
  // True of all that is called here: drizzle gives both databases the same methods, and tables.ts the tables of each.
  const database = drizzleMysql({ client: pool }) as unknown as HelpdeskDatabase;
  return opened({ database, close: () => pool.end() }, { url, product: "MySQL", usualPort: 3306 });
}

/** Hands it out when it answers. */
async function opened(
  open: OpenDatabase,
  server: { readonly url: string; readonly product: string; readonly usualPort: number },
): Promise<OpenDatabase> {
  try {
    await open.database.execute(sql`select 1`);
    return open;
  } catch (cause) {
    await open.close();
    const { hostname, port } = new URL(server.url);
    const message = `Cannot use the ${server.product} of DATABASE_URL at ${hostname || "its socket"}:${port || server.usualPort} (${reasonOf(cause)}). Check that it runs and that user, password and database exist, or unset DATABASE_URL for the built-in one.`;
    throw new CsatError("storage_failed", message, { cause });
  }
}

async function openFolder(path: string): Promise<OpenDatabase> {
  let unlock = async (): Promise<void> => {};
  try {
    await mkdir(path, { recursive: true });
    unlock = await lockFolder(path);
    const opened = await openPglite(join(path, "pglite"));
    return {
      database: opened.database,
      close: async () => {
        await opened.close();
        await unlock();
      },
    };
  } catch (cause) {
    await unlock();
    if (cause instanceof CsatError) throw cause;
    const message = `Cannot use the data folder ${path} (${reasonOf(cause)}). Choose another with DATA_DIR, or delete it to start over.`;
    throw new CsatError("storage_failed", message, { cause });
  }
}

async function openPglite(dataDir: string): Promise<OpenDatabase> {
  const client = await PGlite.create({ dataDir });
  return { database: drizzlePglite({ client }), close: () => client.close() };
}

/** The innermost cause in one line: drizzle wraps the driver's error, and a refused connection may be an AggregateError. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  const code = "code" in error ? String(error.code) : "";
  return (error.message || code || error.name).split("\n", 1)[0] ?? "";
}
