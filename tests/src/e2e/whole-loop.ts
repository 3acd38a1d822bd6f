import { type Csat, createCsat, type TicketSnapshot } from "@csat/core";
import { createHandler } from "@csat/http";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { type DrizzleTx, migrate, postgresStorage } from "@csat/postgres";
import { webhookTransport } from "@csat/webhooks";
import { eq, inArray, sql } from "drizzle-orm";
import { type PgDatabase, type PgQueryResultHKT, pgTable, text } from "drizzle-orm/pg-core";
import { type TestClock, testClock } from "../world/outside.ts";

/** A helpdesk whose tickets and surveys share a database, with a mail server and a receiver of webhooks. */
export interface Loop {
  /** Resolves tickets and answers the customers' page. */
  readonly web: Csat<DrizzleTx>;
  /** Sends and delivers, over connections of its own: another process as far as the database can tell. */
  readonly worker: Csat<DrizzleTx>;
  readonly clock: TestClock;
  /** Resolves a ticket and arms its survey in one transaction of the helpdesk's. */
  resolve(ticketId: string, end?: "commit" | "rollback"): Promise<void>;
  /** Posts an answer to the customers' page; the status of what came back. */
  post(token: string, rating: number): Promise<number>;
}

/** The workspace of the loop. */
export const workspaceId = "acme";

/** A helpdesk's drizzle database, whatever the driver. */
export type HostDatabase = PgDatabase<PgQueryResultHKT>;

const tickets = pgTable("tickets", {
  id: text().primaryKey(),
  status: text({ enum: ["open", "resolved"] }).notNull(),
});
const rollback = new Error("The helpdesk rolls back.");

/** Makes the tables, ours by `migrate` from three sides at once, and the tickets, all of them open. */
export async function aLoop({
  webDatabase,
  workerDatabase,
  smtpUrl,
  receiver,
  ticketIds,
  prepare = true,
}: {
  readonly webDatabase: HostDatabase;
  readonly workerDatabase: HostDatabase;
  readonly smtpUrl: string;
  readonly receiver: { readonly url: string; readonly secret: string };
  readonly ticketIds: readonly string[];
  /** False behind a pooler that knows nothing of prepared statements. */
  readonly prepare?: boolean;
}): Promise<Loop> {
  await Promise.all([migrate(webDatabase), migrate(workerDatabase), migrate(webDatabase)]);
  await webDatabase.execute(sql`create table tickets (id text primary key, status text not null)`);
  await webDatabase.insert(tickets).values(ticketIds.map((id) => ({ id, status: "open" as const })));

  const clock = testClock();
  const mailer = nodemailerMailer({ transport: smtpUrl, from: "csat@help.example.com" });
  const csatOn = (db: HostDatabase) =>
    createCsat<DrizzleTx>({
      storage: postgresStorage(db, { prepare }),
      scheduler: inProcessScheduler({ clock }),
      mailer,
      tickets: {
        getTicket: async ({ ticketId }) => (await read(db, [ticketId]))[0] ?? null,
        getTickets: (_workspaceId, ids) => read(db, ids),
      },
      webhooks: webhookTransport({ endpoints: [{ id: "crm", ...receiver }], allowPrivateAddresses: true }),
      publicUrl: "https://help.example.com/csat",
      sweepEveryMs: 20,
      clock,
    });
  const web = csatOn(webDatabase);
  const handler = createHandler(web, { basePath: "/csat", authorize: async () => null });
  await web.updateSettings(workspaceId, { enabled: true, sendDelay: "1_hour" });
  return {
    web,
    worker: csatOn(workerDatabase),
    clock,
    async resolve(ticketId, end = "commit") {
      const event = { workspaceId, ticketId, actorId: "olivia", resolvedAt: clock.now() };
      const ended = webDatabase.transaction(async (tx) => {
        await tx.update(tickets).set({ status: "resolved" }).where(eq(tickets.id, ticketId));
        await web.ticketResolved(event, { tx });
        if (end === "rollback") throw rollback;
      });
      await ended.catch((error: unknown) => {
        if (error !== rollback) throw error;
      });
    },
    async post(token, rating) {
      const request = new Request(`https://help.example.com/csat/r/${token}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ rating, comment: null }),
      });
      return (await handler(request)).status;
    },
  };
}

async function read(db: HostDatabase, ids: readonly string[]): Promise<readonly TicketSnapshot[]> {
  const rows = await db
    .select()
    .from(tickets)
    .where(inArray(tickets.id, [...ids]));
  return rows.map(({ id, status }) => ({
    ticketId: id,
    status,
    subject: `Subject of ${id}`,
    url: null,
    workspaceName: "Acme",
    customer: { name: "Ada", email: `${id}@example.com`, locale: null },
    assignee: { id: "bob", name: "Bob" },
  }));
}
