import { type Logger, safeLogger, sqlState } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { storageFailed } from "./driver-error.ts";
import { executorOf, type PostgresDatabase } from "./drivers.ts";
import { type Executor, inTransaction, rowsFrom } from "./executor.ts";
import {
  createMigrationsTable,
  createSchema,
  type Migration,
  migrations,
  recordMigration,
} from "./migrations.ts";
import { flag, number } from "./row.ts";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";

/** Where to migrate. `schema` is `csat` by default. */
export interface MigrateOptions {
  /** The schema of our tables: lower-case letters, digits and underscores, not `public`. Created when it is missing. */
  readonly schema?: string;
  /** Told of each step, and of locks that are waited for. */
  readonly logger?: Logger;
}

// Waiting DDL blocks every query behind it, so no lock is awaited for longer; what blocks is asked again instead.
const lockTimeout = "2s";
const attempts = 30;

/**
 * Creates or updates our tables. Safe to call at every start and from several processes at once: an advisory lock lets
 * one of them work, the others find it done. Each step is one transaction: a process that dies leaves whole steps, and
 * the next call goes on behind them. Waits a minute at most for locks that others hold.
 * @throws CsatError `invalid_config`, `storage_failed`
 */
export async function migrate(db: PostgresDatabase, options: MigrateOptions = {}): Promise<void> {
  const executor = executorOf(db, { prepare: false });
  const schema = checkedSchemaName(options.schema ?? defaultSchemaName);
  const logger = safeLogger(options.logger);
  for (let attempt = 1; ; attempt++) {
    try {
      // One step at a time, so that no table stays locked while a later step works.
      while ((await pendingMigrations(executor, schema)).length > 0) {
        await inTransaction(executor, (tx) => migrateIn(tx, { schema, logger }));
      }
      return;
    } catch (error) {
      const wasBlocked = sqlState(error) === "55P03";
      if (!wasBlocked || attempt === attempts) throw storageFailed(`migrating the schema ${schema}`, error);
      logger.info({ schema, attempt }, "migration waits for a lock");
    }
  }
}

async function migrateIn(
  tx: Executor,
  { schema, logger }: { readonly schema: string; readonly logger: Logger },
): Promise<void> {
  const run = running(tx, schema);
  await run(sql.raw(`set local lock_timeout = '${lockTimeout}'`));
  await run(sql`select pg_advisory_xact_lock(hashtextextended(${`csat.migrate.${schema}`}::text, 0))`);
  // CREATE SCHEMA asks for a right on the database even where the schema exists; a role may lack it.
  if (!(await exists(run, sql`to_regnamespace(${`"${schema}"`}::text)`))) {
    await run(sql.raw(createSchema(schema)));
  }
  await run(sql.raw(createMigrationsTable(schema)));
  const [migration] = await pendingMigrations(tx, schema);
  if (migration === undefined) return;
  for (const statement of migration.statements) await run(sql.raw(statement));
  await run(sql.raw(recordMigration(schema, migration)));
  logger.info({ schema, number: migration.number, name: migration.name }, "migrated");
}

/** Reads without a lock first: a start with nothing to do needs no right to create anything. */
async function pendingMigrations(handle: Executor, schema: string): Promise<readonly Migration[]> {
  const all = migrations(schema);
  const run = running(handle, schema);
  if (!(await exists(run, sql`to_regclass(${`"${schema}".migrations`}::text)`))) return all;
  const rows = await run(sql`select number from ${sql.identifier(schema)}.migrations`);
  const applied = new Set(rows.map((row) => number(row, "number")));
  return all.filter((migration) => !applied.has(migration.number));
}

async function exists(run: ReturnType<typeof running>, name: SQL): Promise<boolean> {
  const [row] = await run(sql`select ${name} is not null as found`);
  return row !== undefined && flag(row, "found");
}

function running(executor: Executor, schema: string) {
  return (statement: SQL) => rowsFrom(executor, `migrating the schema ${schema}`, statement);
}
