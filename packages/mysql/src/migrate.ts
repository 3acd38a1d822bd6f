import { CsatError, type Logger, safeLogger } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { storageFailed } from "./driver-error.ts";
import { executorOf, type MysqlDatabase } from "./drivers.ts";
import { type Executor, inTransaction, rowsFrom } from "./executor.ts";
import { type Target, tableComment } from "./migrations/0001-init.ts";
import { createMigrationsTable, type Migration, migrations, recordMigration } from "./migrations.ts";
import { checkedTablePrefix, defaultTablePrefix } from "./naming.ts";
import { number, text } from "./row.ts";
import { serverOf } from "./server.ts";

/** Where to migrate. */
export interface MigrateOptions {
  /** What the names of our tables begin with: `csat_` by default. */
  readonly tablePrefix?: string;
  /** Told of each step. */
  readonly logger?: Logger;
}

const patienceSeconds = 60;

/**
 * Creates or updates our tables in the database of the connection. Safe to call at every start and from several processes
 * at once: a lock lets one of them work, the others find it done. MySQL commits each statement by itself, so a process that
 * dies may leave a part of a step; the next call does the rest. Waits a minute at most for another process.
 * @throws CsatError `invalid_config`, `storage_failed`
 */
export async function migrate(db: MysqlDatabase, options: MigrateOptions = {}): Promise<void> {
  const executor = executorOf(db, { prepare: false });
  const prefix = checkedTablePrefix(options.tablePrefix ?? defaultTablePrefix);
  const logger = safeLogger(options.logger);
  const doing = `migrating the tables ${prefix}…`;
  const { server } = await serverOf(executor);
  const target = { server, prefix };
  // Reads first: a start with nothing to do needs no right to create anything.
  if ((await pendingMigrations(executor, target, doing)).length === 0) return;
  await inTransaction(executor, async (connection) => {
    const lock = `${prefix}migrate`;
    const [row = {}] = await rowsFrom(
      connection,
      doing,
      sql`select get_lock(concat(left(database(), 16), ${lock}), ${sql.raw(String(patienceSeconds))}) as got`,
    );
    if (row.got === null || number(row, "got") !== 1)
      throw storageFailed(doing, new Error("Another process has been migrating for a minute."));
    try {
      await migrateOn(connection, { target, doing, logger });
    } finally {
      await rowsFrom(
        connection,
        doing,
        sql`select release_lock(concat(left(database(), 16), ${lock})) as released`,
      );
    }
  });
}

interface Migrating {
  readonly target: Target;
  readonly doing: string;
  readonly logger: Logger;
}

async function migrateOn(connection: Executor, { target, doing, logger }: Migrating): Promise<void> {
  const run = (statement: SQL) => rowsFrom(connection, doing, statement);
  const { prefix } = target;
  const pending = await pendingMigrations(connection, target, doing);
  if (pending.some((migration) => migration.number === 1))
    await refuseTablesOfOthers(connection, prefix, doing);
  await run(sql.raw(createMigrationsTable(prefix)));
  for (const migration of pending) {
    for (const statement of migration.statements) await run(sql.raw(statement));
    await run(sql.raw(recordMigration(prefix, migration)));
    logger.info({ tablePrefix: prefix, number: migration.number, name: migration.name }, "migrated");
  }
}

/** A table of ours that is there before the first step was done is left from a call that broke off, and says so. */
async function refuseTablesOfOthers(connection: Executor, prefix: string, doing: string): Promise<void> {
  const rows = await rowsFrom(
    connection,
    doing,
    sql`select table_name as name from information_schema.tables where table_schema = database()
  and table_name like ${`${prefix.replaceAll("_", "\\_")}%`} and table_comment <> ${tableComment}
  and table_name <> ${`${prefix}migrations`}`,
  );
  if (rows.length === 0) return;
  const names = rows.map((row) => text(row, "name")).join(", ");
  throw new CsatError(
    "storage_failed",
    `The database failed while ${doing}: there are tables already that migrate did not make (${names}). Choose another tablePrefix, or leave the tables to your own migrations.`,
  );
}

async function pendingMigrations(
  executor: Executor,
  target: Target,
  doing: string,
): Promise<readonly Migration[]> {
  const all = migrations(target);
  const table = `${target.prefix}migrations`;
  const found = await rowsFrom(
    executor,
    doing,
    sql`select 1 as found from information_schema.tables where table_schema = database() and table_name = ${table}`,
  );
  if (found.length === 0) return all;
  const rows = await rowsFrom(executor, doing, sql`select number from ${sql.identifier(table)}`);
  const applied = new Set(rows.map((row) => number(row, "number")));
  return all.filter((migration) => !applied.has(migration.number));
}
