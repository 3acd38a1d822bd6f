import { init } from "./migrations/0001-init.ts";
import { counts } from "./migrations/0002-counts.ts";
import { counting } from "./migrations/0003-counting.ts";
import { fillCounts } from "./migrations/0004-fill-counts.ts";
import { responseLists } from "./migrations/0005-response-lists.ts";
import { countingTriggers } from "./migrations/counting-triggers.ts";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";

/** One step of the schema. A released migration never changes; later steps are added behind it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Every step, oldest first, for the schema of that name (a checked, plain identifier). */
export function migrations(schema: string): readonly Migration[] {
  const name = quoted(schema);
  return [
    { number: 1, name: "init", statements: init(name) },
    { number: 2, name: "counts", statements: counts(name) },
    { number: 3, name: "counting", statements: counting(name) },
    { number: 4, name: "fill-counts", statements: fillCounts(name) },
    { number: 5, name: "response-lists", statements: responseLists(name) },
  ];
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

/**
 * The functions and triggers that keep the counts, and the statements that count what is there already, as SQL, for
 * hosts whose own migrations made the tables from `csatSchema`, which knows no triggers. Without them nothing is
 * counted. May be run again at any time.
 * @throws CsatError `invalid_config`
 */
export function printCountingTriggers(options: { readonly schema?: string } = {}): string {
  const schema = quoted(checkedSchemaName(options.schema ?? defaultSchemaName));
  return [...countingTriggers(schema), ...fillCounts(schema)]
    .map((statement) => `${statement};\n`)
    .join("\n");
}

function quoted(schema: string): string {
  return `"${schema}"`;
}
