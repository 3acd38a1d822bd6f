import type { Store } from "@csat/core";
import * as mysql from "@csat/mysql";
import * as postgres from "@csat/postgres";
import type { HelpdeskDatabase, HelpdeskTransaction } from "./database.ts";
import { isMysql } from "./tables/tables.ts";

/** Creates or updates the library's tables, beside the helpdesk's own. @throws CsatError `storage_failed` */
export async function migrateCsat(database: HelpdeskDatabase): Promise<void> {
  if (isMysql(database)) await mysql.migrate(database);
  else await postgres.migrate(database);
}

/** What the database says of itself, for `csat doctor`. */
export function inspectCsat(database: HelpdeskDatabase): Promise<postgres.DatabaseState> {
  return isMysql(database) ? mysql.inspectDatabase(database) : postgres.inspectDatabase(database);
}

/** The library's storage in the helpdesk's own database. It joins the helpdesk's transactions. */
export function csatStorage(database: HelpdeskDatabase): Store<HelpdeskTransaction> {
  return isMysql(database) ? mysql.mysqlStorage(database) : postgres.postgresStorage(database);
}
