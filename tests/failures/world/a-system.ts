import {
  type Csat,
  createCsat,
  type Logger,
  type Scheduler,
  type Store,
  systemClock,
  type TicketRef,
} from "@csat/core";
import { createHandler } from "@csat/http";
import { inProcessScheduler, memoryMailer } from "@csat/memory";
import { type DrizzleTx, migrate, postgresStorage } from "@csat/postgres";
import { createTestDatabase } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { inject, type TestContext } from "vitest";
import { createTickets, hostTickets } from "./host.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { surveysTable } from "./surveys-table.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker-process.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** A helpdesk: its web side in this process, its workers in others, its servers real. */
export interface System {
  /** The web side. It sends nothing. */
  readonly csat: Csat<DrizzleTx>;
  readonly storage: Store<DrizzleTx>;
  readonly pool: pg.Pool;
  readonly mailServer: MailServer;
  /** What the web side logged. */
  readonly lines: readonly string[];
  /** Answers as the mounted handler does; `path` begins after `/csat`. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** A worker that is not ready yet. It is killed with the test at the latest. */
  startWorker(change?: Partial<WorkerSettings>): WorkerProcess;
  /** Creates `count` tickets, all of them resolved, and returns their ids: `t0`, `t1` … */
  addTickets(added: { readonly workspaceId: string; readonly count: number }): Promise<readonly string[]>;
  /** The host's status of a ticket, as its own code would change it. */
  setStatus(ticket: TicketRef, status: "open" | "resolved" | "closed"): Promise<void>;
  /** Resolves tickets as the host does, olivia being the one who did it. */
  resolve(tickets: { readonly workspaceId: string; readonly ticketIds: readonly string[] }): Promise<void>;
  /** How many surveys stand where. */
  statuses(): Promise<Readonly<Record<string, number>>>;
}

/** The test's own hook: tests that run side by side each need theirs. */
export type Ending = Pick<TestContext, "onTestFinished">;

/** Everything of a test's own; ends with the test. */
export async function aSystem({
  onTestFinished,
  databaseUrl,
  makeTables = async (pool) => await migrate(drizzle(pool)),
  worker = {},
  scheduler = inProcessScheduler(),
}: Ending & {
  /** An empty database; without it, a new one on the server of this run. */
  readonly databaseUrl?: string;
  /** Makes our tables in that database; by default as this release does. */
  readonly makeTables?: (pool: pg.Pool) => Promise<unknown>;
  readonly worker?: Partial<WorkerSettings>;
  /** The web side's. */
  readonly scheduler?: Scheduler;
}): Promise<System> {
  const url = databaseUrl ?? (await migratedDatabase({ onTestFinished }));
  if (databaseUrl !== undefined) await prepare(databaseUrl, makeTables);
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  const lines: string[] = [];
  pool.on("error", (error) => lines.push(`idle connection: ${error.message}`));
  pool.on("connect", (client) => client.on("error", () => {}));
  onTestFinished(() => pool.end());
  const mailServer = await startMailServer();
  onTestFinished(() => mailServer.goDown());
  const storage = postgresStorage(drizzle(pool));
  const csat = createCsat({
    storage,
    scheduler,
    mailer: memoryMailer(),
    tickets: hostTickets(pool),
    // Raises events; delivering them is the workers' part.
    webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
    publicUrl: "https://help.example.com/csat",
    clock: systemClock,
    logger: linesLogger(lines),
  });
  const handler = createHandler(csat, { basePath: "/csat", authorize: async () => null });
  let started = 0;
  const settings: Omit<WorkerSettings, "name"> = {
    databaseUrl: url,
    smtpUrl: mailServer.url,
    redis: null,
    queuePrefix: "csat",
    receiver: null,
    // Longer than any test: whoever wants a lease to end moves its end in the table. See leases.ts.
    leaseForMs: 3_600_000,
    sweepEveryMs: 100,
    concurrency: 5,
    aheadMs: 0,
    ...worker,
  };
  return {
    csat,
    storage,
    pool,
    mailServer,
    lines,
    request: (path, init) => handler(new Request(`https://help.example.com/csat${path}`, init)),
    startWorker: (change = {}) => {
      const worker = startWorkerProcess({ name: `worker-${++started}`, ...settings, ...change });
      onTestFinished(() => worker.kill());
      return worker;
    },
    addTickets: async ({ workspaceId, count }) => {
      const ids = Array.from({ length: count }, (_, place) => `t${place}`);
      await pool.query(
        `insert into tickets select $1, id, 'resolved', id || '@' || $1 || '.example' from unnest($2::text[]) id`,
        [workspaceId, ids],
      );
      await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
      return ids;
    },
    setStatus: async ({ workspaceId, ticketId }, status) => {
      await pool.query("update tickets set status = $3 where workspace_id = $1 and ticket_id = $2", [
        workspaceId,
        ticketId,
        status,
      ]);
    },
    resolve: async ({ workspaceId, ticketIds }) => {
      const resolvedAt = new Date();
      await csat.ticketsResolved(
        ticketIds.map((ticketId) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt })),
      );
    },
    statuses: async () => {
      const found = await pool.query<{ status: string; count: number }>(
        `select status, count(*)::int as count from ${surveysTable} group by status`,
      );
      return Object.fromEntries(found.rows.map(({ status, count }) => [status, count]));
    },
  };
}

/** A copy of a database with every table in it, dropped with the test. */
async function migratedDatabase({ onTestFinished }: Ending): Promise<string> {
  const database = await createTestDatabase(inject("databaseUrl"), {
    template: { name: "failures", prepare: (url) => prepare(url, (pool) => migrate(drizzle(pool))) },
  });
  onTestFinished(() => database.drop());
  return database.url;
}

async function prepare(url: string, makeTables: (pool: pg.Pool) => Promise<unknown>): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  await makeTables(pool);
  await pool.query(createTickets);
  await pool.end();
}

function linesLogger(lines: string[]): Logger {
  const log = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level}: ${message} ${JSON.stringify(fields)}`);
  return { debug() {}, info: log("info"), warn: log("warn"), error: log("error") };
}
