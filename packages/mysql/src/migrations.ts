import { init, type Target } from "./migrations/0001-init.ts";
import { checkedTablePrefix, defaultTablePrefix, type Server } from "./naming.ts";

/** One step of the schema. A released migration never changes; later steps are added behind it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Each may run again: MySQL commits them one by one, so a process that dies leaves the first ones behind. */
  readonly statements: readonly string[];
}

/** Every step, oldest first. */
export function migrations(target: Target): readonly Migration[] {
  return [{ number: 1, name: "init", statements: init(target) }];
}

/** Makes the table that remembers which steps were done. */
export function createMigrationsTable(prefix: string): string {
  return `create table if not exists \`${prefix}migrations\` (
  number int not null,
  name varchar(60) not null,
  applied_at datetime(3) not null default current_timestamp(3),
  primary key (number)
) engine = InnoDB default character set utf8mb4`;
}

/** Remembers a step as done. */
export function recordMigration(prefix: string, { number, name }: Migration): string {
  return `insert into \`${prefix}migrations\` (number, name) values (${number}, '${name}')`;
}

/** Which SQL to print. */
export interface PrintOptions {
  /** The two servers name the collation of ids differently. */
  readonly server: Server;
  /** `csat_` by default. */
  readonly tablePrefix?: string;
  /** Prints only the steps behind that number. */
  readonly after?: number;
}

/**
 * The whole schema as SQL, for hosts that run migrations themselves. It records its steps, so that `migrate` later
 * starts where this ended.
 * @throws CsatError `invalid_config`
 */
export function printMigrations({ server, tablePrefix, after = 0 }: PrintOptions): string {
  const prefix = checkedTablePrefix(tablePrefix ?? defaultTablePrefix);
  const steps = migrations({ server, prefix }).filter((migration) => migration.number > after);
  const statements = [
    createMigrationsTable(prefix),
    ...steps.flatMap((migration) => [...migration.statements, recordMigration(prefix, migration)]),
  ];
  return statements.map((statement) => `${statement};\n`).join("\n");
}
