import { type DrizzleTx, migrate, mysqlStorage } from "@csat/mysql";
import { createTestMysql } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/mysql2";
import { createPool, type Pool, type RowDataPacket } from "mysql2/promise";
import { inject } from "vitest";
import type { OpenStorage } from "./open-storage.ts";

/** A database of the file's own on the MySQL or MariaDB of the run. */
export async function openMysql(): Promise<OpenStorage & { readonly url: string }> {
  const database = await createTestMysql(inject("mysqlUrl"));
  const pool = createPool({ uri: database.url, connectionLimit: 30 });
  const db = drizzle(pool);
  await migrate(db);
  const tables = await tablesOf(pool);
  const storage = mysqlStorage(db);
  return {
    url: database.url,
    fresh: async () => {
      for (const table of tables) await pool.query(`delete from ${table}`);
      return storage;
    },
    hostTransaction: async (work) => {
      const rollback = new Error("The host rolls back.");
      // Without a level, as most hosts open it: REPEATABLE READ.
      const transaction = db.transaction(async (tx: DrizzleTx) => {
        if ((await work(tx)) === "rollback") throw rollback;
      });
      await transaction.catch((error: unknown) => {
        if (error !== rollback) throw error;
      });
    },
    dump: async () => {
      const texts: string[] = [];
      for (const table of tables) texts.push(JSON.stringify((await pool.query(`select * from ${table}`))[0]));
      return texts.join("\n");
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

// Asked of the catalog: a table that a list forgot would carry its rows from one test into the next.
async function tablesOf(pool: Pool): Promise<readonly string[]> {
  const [rows] = await pool.query<RowDataPacket[]>(
    "select table_name as name from information_schema.tables where table_schema = database() and table_name <> 'csat_migrations'",
  );
  return rows.map(({ name }) => String(name));
}
