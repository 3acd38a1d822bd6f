import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { Pool } from "pg";
import type { Logger } from "pino";

/** The helpdesk's own table. The library keeps its tables in a schema of its own. */
export const tickets = pgTable(
  "tickets",
  {
    workspaceId: text("workspace_id").notNull(),
    id: text("id").notNull(),
    subject: text("subject").notNull(),
    status: text("status", { enum: ["open", "resolved", "closed"] })
      .notNull()
      .default("open"),
    customerName: text("customer_name"),
    customerEmail: text("customer_email"),
    assigneeId: text("assignee_id"),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** The helpdesk's database. */
export type Database = NodePgDatabase;

/** A pool and how to let go of it. Connections that the server ends are replaced at the next query. */
export function connect(given: {
  readonly url: string;
  readonly connections: number;
  readonly logger: Logger;
}): {
  readonly database: Database;
  readonly close: () => Promise<void>;
} {
  const pool = new Pool({
    connectionString: given.url,
    max: given.connections,
    // A database that is away must not hold requests for ever.
    connectionTimeoutMillis: 5_000,
    application_name: "helpdesk",
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on("error", (error: Error & { readonly code?: string }) =>
    given.logger.warn({ code: error.code }, "an idle database connection broke"),
  );
  // The pool does not listen to a connection in use; one that breaks between two statements of a transaction would end
  // the process. The next statement on it fails, which is all that anybody needs to know.
  pool.on("connect", (client) => client.on("error", () => {}));
  return { database: drizzle(pool), close: () => pool.end() };
}
