import type { Store } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { type DrizzleTx, migrate, postgresStorage } from "@csat/postgres";
import { createTestDatabase, createTestPglite } from "@csat-internal/test-support";
import type { PGlite } from "@electric-sql/pglite";
import { type SQL, sql } from "drizzle-orm";
import { drizzle as drizzleServer } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import pg from "pg";
import { inject } from "vitest";
import { openMysql } from "./mysql-storage.ts";
import type { OpenStorage } from "./open-storage.ts";

type Databases = readonly (readonly [name: string, open: () => Promise<OpenStorage>])[];

/** The two Postgres, embedded and a server, for tests with SQL of their own. */
export const postgresDatabases: Databases = [
  ["PGlite", openPglite],
  ["a Postgres server", () => openServer()],
];

/** The databases that every rule of the flow is tested on. MySQL is MariaDB where the machine has that. */
export const databases: Databases = [...postgresDatabases, ["MySQL", openMysql]];

/** A storage in memory, for rules that no database takes part in. */
export function inMemory(): Store {
  return memoryStorage();
}

// One for all the files of a worker, which share their modules: it takes seconds to start, and `fresh` empties it.
let pglite: Promise<PGlite> | undefined;

async function openPglite(): Promise<OpenStorage> {
  pglite ??= createTestPglite();
  const client = await pglite;
  const db = drizzlePglite(client);
  await migrate(db);
  const { rows } = await client.query<TableName>(tableNames);
  return {
    ...opened({ db, tables: rows.map(({ name }) => name) }),
    hostTransaction: (work) => db.transaction(async (tx) => endAs(await work(tx))).catch(rolledBack),
    close: async () => {},
  };
}

/** Also for tests that want connections of their own beside it, or to count statements. */
export async function openServer(
  onStatement: (statement: string) => void = () => {},
): Promise<OpenStorage & { readonly url: string }> {
  const template = { name: "life", prepare };
  const database = await createTestDatabase(inject("databaseUrl"), { template });
  const pool = new pg.Pool({ connectionString: database.url, max: 30 });
  pool.on("connect", (client) => tellStatements(client, onStatement));
  const db = drizzleServer(pool);
  const { rows } = await pool.query<TableName>(tableNames);
  return {
    ...opened({ db, tables: rows.map(({ name }) => name) }),
    url: database.url,
    hostTransaction: (work) => db.transaction(async (tx) => endAs(await work(tx))).catch(rolledBack),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

/** At the driver, since the storage sends its statements past drizzle. */
function tellStatements(client: pg.PoolClient, onStatement: (statement: string) => void): void {
  const query: (...given: readonly unknown[]) => unknown = client.query.bind(client);
  const told = (...given: readonly unknown[]) => {
    const [first] = given;
    onStatement(typeof first === "string" ? first : String(Object(first).text));
    return query(...given);
  };
  Object.assign(client, { query: told });
}

async function prepare(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await migrate(drizzleServer(pool));
  await pool.end();
}

interface TableName {
  readonly name: string;
}

// Asked of the catalog: a table that a list forgot would carry its rows from one test into the next.
const tableNames = `select tablename as name from pg_tables
  where schemaname = 'csat' and tablename <> 'migrations' order by tablename`;

function opened({
  db,
  tables,
}: {
  readonly db: DrizzleTx & Parameters<typeof postgresStorage>[0];
  readonly tables: readonly string[];
}): Pick<OpenStorage, "fresh" | "dump"> {
  const storage = postgresStorage(db);
  return {
    fresh: async () => {
      await db.execute(deleteFrom(tables.filter((table) => !holdsCounts.test(table))));
      // What was deleted was counted.
      await db.execute(deleteFrom(tables.filter((table) => holdsCounts.test(table))));
      return storage;
    },
    dump: async () => {
      const texts: string[] = [];
      for (const table of tables) {
        const result: unknown = await db.execute(
          sql.raw(`select row_to_json(t)::text as row from csat.${table} t`),
        );
        texts.push(JSON.stringify(result));
      }
      return texts.join("\n");
    },
  };
}

const holdsCounts = /^(daily|count)_/;

/** Removes every row. TRUNCATE takes ten times as long on tables of a few rows. */
function deleteFrom(tables: readonly string[]): SQL {
  const deletions = tables.map((table) => `${table} as (delete from csat.${table})`);
  return sql.raw(`with ${deletions.join(", ")} select 1`);
}

const rollback = new Error("The host rolls back.");

function endAs(end: "commit" | "rollback"): void {
  if (end === "rollback") throw rollback;
}

function rolledBack(error: unknown): void {
  if (error !== rollback) throw error;
}
