import { randomUUID } from "node:crypto";
import { createCsat, type LinksOutcome, type TicketSnapshot } from "@csat/core";
import { fromPg } from "@csat/core/transactions";
import { createHandler } from "@csat/http";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { migrate, postgresStorage } from "@csat/postgres";
import nodemailer, { type Transporter } from "nodemailer";
import type { Pool, PoolClient } from "pg";

const workspaceId = "acme";
const from = "support@acme.example";

// The helpdesk's own: its tickets, and the mails that it means to send.
const tables = `
  create table if not exists tickets (
    id text primary key, subject text not null, status text not null, name text, email text not null
  );
  create table if not exists outgoing_mails (id bigint generated always as identity primary key, mail json not null);`;

/** A helpdesk that tells its customers that their ticket is resolved, in one mail with the survey's five links. */
export async function helpdesk({ pool, smtpUrl, publicUrl }: Parts) {
  await migrate(pool);
  await pool.query(tables);
  const csat = createCsat({
    storage: postgresStorage(pool),
    scheduler: inProcessScheduler(),
    mailer: nodemailerMailer({ transport: smtpUrl, from }), // for tickets that `ticketResolved` tells of: here none
    tickets: {
      getTicket: async ({ ticketId }) => (await snapshotsOf(pool, [ticketId]))[0] ?? null,
      getTickets: (_, ids) => snapshotsOf(pool, ids),
    },
    publicUrl,
  });
  await csat.updateSettings(workspaceId, { enabled: true });
  const transport = nodemailer.createTransport(smtpUrl);

  return {
    csat,
    /** Customers' page behind the links. */
    handler: createHandler(csat, { basePath: "/csat", authorize: async () => null }),
    /** An operator resolves a ticket: the change, the links and the mail stand or fall together. */
    async resolve(ticketId: string, actorId: string): Promise<void> {
      await within(pool, async (client) => {
        await client.query("update tickets set status = 'resolved' where id = $1", [ticketId]);
        const [ticket] = await snapshotsOf(client, [ticketId]);
        if (ticket === undefined) throw new Error("There is no such ticket.");
        const resolution = { actorId, resolvedAt: new Date() };
        const request = { ref: { workspaceId, ticketId }, ticket, resolution };
        const outcome = await csat.issueLinks(request, { tx: fromPg(client) });
        const mail = resolvedMail(ticket, outcome);
        await client.query("insert into outgoing_mails (mail) values ($1)", [mail]);
      });
    },
    /** Sends what waits, oldest first, every few seconds and after a commit. Rejects where the server takes none: the mail stays. */
    async sendMails(): Promise<void> {
      while (await within(pool, (client) => sendOne(client, transport)));
    },
  };
}

interface Parts {
  readonly pool: Pool;
  readonly smtpUrl: string;
  readonly publicUrl: string;
}

/** The mail that the helpdesk would write anyway, with a question below where there is one to ask. */
function resolvedMail({ subject, customer }: TicketSnapshot, outcome: LinksOutcome) {
  const greeting = `Hello ${customer.name ?? "there"},\n\nyour request "${subject}" is resolved.`;
  const question = "How did we do? 1 is poor, 5 is great.";
  const named = (five: object, optOut: string | null) =>
    Object.entries({ ...five, ...(optOut === null ? {} : { "No more questions": optOut }) });
  const links = outcome.kind === "issued" ? named(outcome.links, outcome.optOut) : [];
  const lines = links.length === 0 ? [] : ["", question, ...links.map(([name, url]) => `${name}: ${url}`)];
  // Nothing that a customer wrote goes into the HTML, so there is nothing to escape.
  const buttons = links.map(([name, url]) => `<a href="${url}" style="padding:8px">${name}</a>`);
  return {
    from,
    to: customer.email,
    messageId: `<${randomUUID()}@acme.example>`, // the same one when the mail is sent again
    subject: `Resolved: ${subject}`,
    text: [greeting, ...lines].join("\n"),
    html: `<p>Your request is resolved.</p>${links.length === 0 ? "" : `<p>${question}</p><p>${buttons.join(" ")}</p>`}`,
  };
}

async function sendOne(client: PoolClient, transport: Transporter): Promise<boolean> {
  const { rows } = await client.query(
    `delete from outgoing_mails where id =
       (select id from outgoing_mails order by id limit 1 for update skip locked) returning mail`,
  );
  if (rows[0] === undefined) return false;
  await transport.sendMail(rows[0].mail);
  return true;
}

async function snapshotsOf(database: Pool | PoolClient, ids: readonly string[]): Promise<TicketSnapshot[]> {
  const { rows } = await database.query("select * from tickets where id = any($1)", [ids]);
  return rows.map(({ id: ticketId, subject, status, name, email }) => {
    const customer = { name, email, locale: "en" };
    return { ticketId, subject, status, url: null, workspaceName: "Acme", customer, assignee: null };
  });
}

async function within<Result>(pool: Pool, change: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await change(client);
    await client.query("commit");
    return result;
  } catch (failure) {
    await client.query("rollback");
    throw failure;
  } finally {
    client.release();
  }
}
