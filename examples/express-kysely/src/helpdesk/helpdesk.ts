import express, { type Express } from "express";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import { migrateHelpdesk } from "./migrate.ts";
import { helpdeskRoutes } from "./routes.ts";
import type { Tables } from "./tables.ts";
import type { ChangeListener } from "./ticket-changes.ts";

/** Where the helpdesk finds its servers, and how the world finds it. */
export interface HelpdeskConfig {
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly publicUrl: string;
}

/** The helpdesk's parts; `app` has no routes yet. */
export interface Helpdesk extends HelpdeskConfig {
  readonly app: Express;
  readonly pool: Pool;
  readonly database: Kysely<Tables>;
  /** Hear of every change of a ticket's status. */
  readonly listeners: ChangeListener[];
}

/** Connects and migrates. */
export async function openHelpdesk(config: HelpdeskConfig): Promise<Helpdesk> {
  const pool = new Pool({ connectionString: config.databaseUrl, connectionTimeoutMillis: 5_000 });
  pool.on("error", (error) => console.error("an idle database connection broke:", error.message));
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrateHelpdesk(database);
  return { ...config, app: express(), pool, database, listeners: [] };
}

/** Adds the helpdesk's own routes, with its own body parsers. */
export function addRoutes({ app, database, listeners }: Helpdesk): void {
  app.use("/tickets", helpdeskRoutes(database, listeners));
}
