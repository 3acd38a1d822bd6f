import { migrate } from "@csat/postgres";
import { sql } from "drizzle-orm";
import { readConfig } from "./config.ts";
import { connect, type Database } from "./database.ts";
import { createLogger } from "./logger.ts";

/** Creates or updates the helpdesk's table and the library's. Safe to run from several processes at once. */
export async function migrateAll(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    // `if not exists` alone lets two processes collide; the lock ends with the transaction.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('helpdesk.migrate', 0))`);
    await tx.execute(sql`create table if not exists tickets (
  workspace_id text not null,
  id text not null,
  subject text not null,
  status text not null default 'open',
  customer_name text,
  customer_email text,
  assignee_id text,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
)`);
  });
  await migrate(database);
}

if (process.argv[1] === import.meta.filename) {
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.LOG_LEVEL, process: "migrate" });
  const { database, close } = connect({ url: config.DATABASE_URL, connections: 1, logger });
  await migrateAll(database);
  await close();
  logger.info({}, "migrated");
}
