import type { Store, TicketSource } from "@csat/core";
import { mysqlStorage } from "@csat/mysql";
import { type DrizzleTx, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { createPool } from "mysql2/promise";
import pg from "pg";
import { hostTickets } from "./host.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** What a worker has of the database that its settings name. */
export interface OpenDatabase {
  readonly storage: Store<DrizzleTx>;
  readonly tickets: TicketSource;
  end(): Promise<void>;
}

// Fewer than it sends mails at once: most of a mail is waiting for SMTP, and each connection costs its first second.
const connectionsOfWorker = 3;

/** Opens it, by the protocol of its address. */
export function openDatabase(
  {
    databaseUrl,
    name,
    connections = connectionsOfWorker,
  }: Pick<WorkerSettings, "databaseUrl" | "name"> & { readonly connections?: number },
  onBroken: (error: Error & { readonly code?: string }) => void,
): OpenDatabase {
  if (databaseUrl.startsWith("mysql:")) {
    const pool = createPool({ uri: databaseUrl, connectionLimit: connections });
    return { storage: mysqlStorage(pool), tickets: allResolved, end: () => pool.end() };
  }
  const pool = new pg.Pool({ connectionString: databaseUrl, application_name: name, max: connections });
  // Without a listener an idle connection that breaks ends the process.
  pool.on("error", onBroken);
  return { storage: postgresStorage(drizzle(pool)), tickets: hostTickets(pool), end: () => pool.end() };
}

/** A helpdesk without a table: every ticket is resolved, and its address tells which it is. */
export const allResolved: TicketSource = {
  getTicket: async ({ ticketId }) => resolved(ticketId),
  getTickets: async (_workspaceId, ticketIds) => ticketIds.map(resolved),
};

function resolved(ticketId: string) {
  return {
    ticketId,
    status: "resolved" as const,
    subject: `Subject of ${ticketId}`,
    url: null,
    workspaceName: "Acme",
    customer: { name: "Ada", email: `${ticketId}@acme.example`, locale: null },
    assignee: null,
  };
}
