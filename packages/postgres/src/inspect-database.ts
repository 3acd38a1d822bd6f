import { sql } from "drizzle-orm";
import { executorOf, type PostgresDatabase } from "./drivers.ts";
import { rowsFrom } from "./executor.ts";
import { migrations } from "./migrations.ts";
import { flag, milliseconds, number, time } from "./row.ts";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";

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
 * table to exist; `schema` is `csat` by default.
 * @throws CsatError `invalid_config`, `storage_failed`
 */
export async function inspectDatabase(
  db: PostgresDatabase,
  options: { readonly schema?: string } = {},
): Promise<DatabaseState> {
  const schema = checkedSchemaName(options.schema ?? defaultSchemaName);
  const executor = executorOf(db, { prepare: false });
  const numbers = migrations(schema).map((migration) => migration.number);
  const expectedSchemaVersion = Math.max(...numbers);
  const [row] = await rowsFrom(
    executor,
    "reading the database's clock",
    sql`select ${milliseconds(sql`clock_timestamp()`)} as now,
  to_regclass(${`"${schema}".migrations`}::text) is not null as is_migrated,
  to_regclass(${`"${schema}".tickets`}::text) is not null as has_tickets`,
  );
  const now = time(row ?? {}, "now");
  if (!flag(row ?? {}, "is_migrated")) {
    return { now, schemaVersion: flag(row ?? {}, "has_tickets") ? null : 0, expectedSchemaVersion };
  }
  const applied = await rowsFrom(
    executor,
    "reading which migrations are done",
    sql`select number from ${sql.identifier(schema)}.migrations`,
  );
  const done = new Set(applied.map((migration) => number(migration, "number")));
  const pending = numbers.filter((known) => !done.has(known));
  const schemaVersion = pending.length === 0 ? Math.max(...done) : Math.min(...pending) - 1;
  return { now, schemaVersion, expectedSchemaVersion };
}
