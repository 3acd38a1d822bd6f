import { init } from "./migrations/0001-init.ts";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";

/** One step of the schema. A released migration never changes; later steps are added behind it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Every step, oldest first, for the schema of that name (a checked, plain identifier).
 *
 * Whoever adds one: the first step builds its indexes in an empty schema, a later one meets tables that are full. There, no
 * statement may hold a lock for longer than an instant. A column is added nullable or with a constant default; an
 * index on a table of step 1 is built `concurrently`, which Postgres does outside transactions alone: such a step needs a field of
 * its own here, one statement in it, `if not exists` and a check of `indisvalid`, and `migrate` has to run it without a transaction.
 */
export function migrations(schema: string): readonly Migration[] {
  const name = quoted(schema);
  return [{ number: 1, name: "init", statements: init(name) }];
}

/** Makes the schema. */
export function createSchema(schema: string): string {
  return `create schema if not exists ${quoted(schema)}`;
}

/** Makes the table that remembers which steps were done. */
export function createMigrationsTable(schema: string): string {
  return `create table if not exists ${quoted(schema)}.migrations (
  number integer not null,
  name text not null,
  applied_at timestamptz not null default now(),
  constraint migrations_pkey primary key (number)
)`;
}

/** Remembers a step as done. */
export function recordMigration(schema: string, migration: Migration): string {
  return `insert into ${quoted(schema)}.migrations (number, name) values (${migration.number}, '${migration.name}')`;
}

/**
 * The whole schema as SQL, for hosts that run migrations themselves. It records its steps, so that `migrate` later
 * starts where this ended. `after` prints only the steps behind that number. Each step may be a transaction of its own
 * or all one: answers wait for a lock on their tables until the transaction ends.
 * @throws CsatError `invalid_config`
 */
export function printMigrations(options: { readonly schema?: string; readonly after?: number } = {}): string {
  const schema = checkedSchemaName(options.schema ?? defaultSchemaName);
  const steps = migrations(schema).filter((migration) => migration.number > (options.after ?? 0));
  const statements = [
    createSchema(schema),
    createMigrationsTable(schema),
    ...steps.flatMap((migration) => [...migration.statements, recordMigration(schema, migration)]),
  ];
  return statements.map((statement) => `${statement};\n`).join("\n");
}

function quoted(schema: string): string {
  return `"${schema}"`;
}
