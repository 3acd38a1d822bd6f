import type { Store } from "@csat/core";
import * as mysql from "@csat/mysql";
import * as postgres from "@csat/postgres";
import { drizzle } from "drizzle-orm/pglite";
import { createPool } from "mysql2/promise";
import pg from "pg";

/**
 * Storage on the server that `url` names, `mysql://…` or `postgres://…`, or on PGlite in memory without one; its tables are
 * made. CSAT takes the pool that you have.
 */
export async function openStorage(
  url: string | undefined,
): Promise<{ storage: Store; close(): Promise<void> }> {
  if (url === undefined) {
    const database = drizzle({ connection: { dataDir: "memory://" } });
    await postgres.migrate(database);
    return { storage: postgres.postgresStorage(database), close: () => database.$client.close() };
  }
  if (url.startsWith("mysql:")) {
    const pool = createPool(url);
    await mysql.migrate(pool);
    return { storage: mysql.mysqlStorage(pool), close: () => pool.end() };
  }
  const pool = new pg.Pool({ connectionString: url });
  await postgres.migrate(pool);
  return { storage: postgres.postgresStorage(pool), close: () => pool.end() };
}
