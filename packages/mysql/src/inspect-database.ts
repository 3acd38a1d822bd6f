import { sql } from "drizzle-orm";
import { executorOf, type MysqlDatabase } from "./drivers.ts";
import { rowsFrom } from "./executor.ts";
import { migrations } from "./migrations.ts";
import { checkedTablePrefix, defaultTablePrefix } from "./naming.ts";
import { databaseNow, milliseconds, number, time } from "./row.ts";

/** What `inspectDatabase` sees. */
export interface DatabaseState {
  /** The database's own clock. */
  readonly now: Date;
  /**
   * Number of the last migration that is done with all before it; 0 when none is. Null when the host's own migrations
   * made the tables: they leave no number.
   */
  readonly schemaVersion: number | null;
  /** Number of the newest migration that this release knows. */
  readonly expectedSchemaVersion: number;
}

/**
 * Reads the database's clock and how far its tables are migrated, in two short reads. Changes nothing and needs no
 * table to exist; `tablePrefix` is `csat_` by default.
 * @throws CsatError `invalid_config`, `storage_failed`
 */
export async function inspectDatabase(
  db: MysqlDatabase,
  options: { readonly tablePrefix?: string } = {},
): Promise<DatabaseState> {
  const prefix = checkedTablePrefix(options.tablePrefix ?? defaultTablePrefix);
  const executor = executorOf(db, { prepare: false });
  const numbers = migrations({ server: "mariadb", prefix }).map((migration) => migration.number);
  const expectedSchemaVersion = Math.max(...numbers);
  const exists = (table: string) => sql`exists (
  select 1 from information_schema.tables where table_schema = database() and table_name = ${`${prefix}${table}`}
)`;
  const [row = {}] = await rowsFrom(
    executor,
    "reading the database's clock",
    sql`select ${milliseconds(databaseNow)} as now, ${exists("migrations")} as is_migrated, ${exists("tickets")} as has_tickets`,
  );
  const now = new Date(Math.floor(time(row, "now").getTime()));
  if (number(row, "is_migrated") === 0)
    return { now, schemaVersion: number(row, "has_tickets") === 1 ? null : 0, expectedSchemaVersion };
  const applied = await rowsFrom(
    executor,
    "reading which migrations are done",
    sql`select number from ${sql.identifier(`${prefix}migrations`)}`,
  );
  const done = new Set(applied.map((migration) => number(migration, "number")));
  const pending = numbers.filter((known) => !done.has(known));
  const schemaVersion = pending.length === 0 ? Math.max(...done) : Math.min(...pending) - 1;
  return { now, schemaVersion, expectedSchemaVersion };
}
