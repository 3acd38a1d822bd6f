import {
  type Csat,
  createCsat,
  type Mailer,
  type Storage,
  type TicketSource,
  type WebhookTransport,
} from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { type DrizzleTx, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { backendCpuMs } from "./survey-backend.ts";

/** What a stretch of work cost the database. */
export interface DatabaseCost {
  /** Statements that were sent, BEGIN and COMMIT included. */
  readonly statements: number;
  /**
   * Milliseconds that the server spent executing them, waits for its disk included, as it counts itself
   * (`pg_stat_database.active_time`). Parsing and planning are not in it: each message of the protocol starts that clock anew.
   */
  readonly executingMs: number;
  /** Milliseconds of CPU that it used for all of them, parsing and planning included. Null where that cannot be seen. */
  readonly cpuMs: number | null;
}

/** The library over a database of the benchmark's own. */
export interface Wiring {
  readonly url: string;
  readonly mailer: Mailer;
  readonly webhooks: WebhookTransport;
}

/** What `work` is done with. */
export interface Parts {
  readonly csat: Csat<DrizzleTx>;
  readonly storage: Storage<DrizzleTx>;
}

/**
 * Runs `work` over one connection and says what it cost. One connection, so that no statement waits for another of the
 * same work and the server's time is that of the statements alone.
 */
export async function costOf(
  { url, mailer, webhooks }: Wiring,
  work: (parts: Parts) => Promise<unknown>,
): Promise<DatabaseCost> {
  const before = await activeMs(url);
  const pool = new Pool({ connectionString: url, max: 1 });
  let statements = 0;
  const db = drizzle(pool, {
    logger: {
      logQuery: () => {
        statements++;
      },
    },
  });
  const storage = postgresStorage(db);
  let cpuMs: number | null = null;
  try {
    const csat = createCsat({
      storage,
      scheduler: inProcessScheduler(),
      mailer,
      tickets: benchTickets,
      publicUrl: "https://help.example.com/csat",
      webhooks,
    });
    await work({ csat, storage });
    cpuMs = await backendCpuMs(pool);
  } finally {
    await pool.end();
  }
  return { statements, executingMs: (await activeMs(url)) - before, cpuMs };
}

/** A helpdesk that answers at once: what it costs to read a ticket is the host's to know. */
export const benchTickets: TicketSource = {
  getTicket: async ({ workspaceId, ticketId }) => ({
    ticketId,
    status: "resolved",
    subject: `My order ${ticketId} has not arrived`,
    url: null,
    workspaceName: workspaceId,
    customer: { name: "Alex Morgan", email: `${ticketId}@customer.example`, locale: null },
    assignee: { id: "ada", name: "Ada" },
  }),
  getTickets: async () => [],
};

/** Read from outside, once every session of the database has ended: a session tells its figures when it ends. */
async function activeMs(url: string): Promise<number> {
  const { pathname } = new URL(url);
  const name = pathname.slice(1);
  const outside = new URL(url);
  outside.pathname = "/postgres";
  const pool = new Pool({ connectionString: outside.href, max: 1 });
  try {
    for (;;) {
      const { rows } = await pool.query<{ open: number; active: number }>(
        `select numbackends as open, active_time as active from pg_stat_database where datname = $1`,
        [name],
      );
      const [row] = rows;
      if (row === undefined) throw new Error(`There is no database ${name}.`);
      if (row.open === 0) return row.active;
    }
  } finally {
    await pool.end();
  }
}
