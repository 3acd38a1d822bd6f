import { is, type SQL, sql } from "drizzle-orm";
import { MySqlDatabase } from "drizzle-orm/mysql-core";
import type { HelpdeskDatabase, HelpdeskTransaction } from "../database.ts";
import { mysqlStatements, mysqlTables } from "./mysql-tables.ts";
import { postgresStatements, postgresTables } from "./postgres-tables.ts";

type Tables = typeof postgresTables;

/** A row of one of the helpdesk's tables. */
export type RowOf<Name extends keyof Tables> = Tables[Name]["$inferSelect"];

/** A new row of one of them. */
export type NewRowOf<Name extends keyof Tables> = Tables[Name]["$inferInsert"];

/** The database, or a transaction in it. */
export type Executor = HelpdeskDatabase | HelpdeskTransaction;

/** True on MySQL and MariaDB. */
export function isMysql(executor: Executor): boolean {
  return is(executor, MySqlDatabase);
}

/**
 * The tables of this database. The helpdesk's statements keep to what drizzle has for Postgres and MySQL alike, so that
 * each is written once: nothing is returned by an insertion or an update.
 */
export function tablesOf(executor: Executor): Tables {
  return isMysql(executor) ? likePostgres(mysqlTables) : postgresTables;
}

/** Behind `insert into … values (…)`: what is there already stays. Raw, because the two have other words for it. */
export function unlessThere(executor: Executor): SQL {
  return isMysql(executor)
    ? sql.raw("on duplicate key update workspace_id = workspace_id")
    : sql.raw("on conflict do nothing");
}

/** Creates what is missing of the helpdesk's own tables. Safe at every start, also of several processes at once. */
export async function createTables(database: HelpdeskDatabase): Promise<void> {
  await database.transaction(async (tx) => {
    for (const statement of isMysql(tx) ? mysqlStatements : postgresStatements) await tx.execute(statement);
  });
}

/** The compiler looks whether their rows are those of Postgres; drizzle takes the tables of the dialect that it speaks. */
function likePostgres(
  tables: {
    readonly [Name in keyof Tables]: { readonly $inferSelect: RowOf<Name> };
  },
): Tables {
  // True of all that this helpdesk does with them: it names columns, and reads and writes rows.
  return tables as unknown as Tables;
}
