import { createCsat, type TicketSource } from "@csat/core";
import { fromKysely } from "@csat/core/transactions";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { migrate, postgresStorage } from "@csat/postgres";
import type { Kysely } from "kysely";
import type { Helpdesk } from "./helpdesk/helpdesk.ts";
import type { Tables } from "./helpdesk/tables.ts";
import { ticketDetails } from "./helpdesk/ticket-details.ts";
import { userOf } from "./helpdesk/users.ts";

const workspaceId = "desk"; // one company, one workspace
const roles = { agent: "operator", lead: "admin" } as const;
const words = { new: "open", open: "open", pending: "open", solved: "resolved", closed: "closed" } as const;

/** Adds surveys: their tables, page and panel, what the helpdesk tells of its tickets, and the worker. */
export async function addCsat({ app, database, pool, listeners, publicUrl, smtpUrl }: Helpdesk) {
  await migrate(pool); // our tables, in a schema of their own
  const mailer = nodemailerMailer({ transport: smtpUrl, from: "support@desk.example" });
  const [storage, scheduler, tickets] = [postgresStorage(pool), inProcessScheduler(), ticketsOf(database)];
  const csat = createCsat({ storage, scheduler, mailer, tickets, publicUrl: `${publicUrl}/csat` });
  const authorize = async ({ headers }: Request) => {
    const user = await userOf(database, headers.get("authorization"));
    return user && { workspaceId, userId: user.id, role: roles[user.role] };
  };
  const handler = createHandler(csat, { basePath: "/csat", authorize, onError: console.error });
  app.use("/csat", toNodeListener(handler)); // before every body parser
  listeners.push(async (changes, transaction) => {
    const tx = fromKysely(transaction);
    const events = changes.map((change) => {
      const reason = change.to === "closed" ? ("closed" as const) : ("reopened" as const);
      return { ...change, workspaceId, actorId: change.userId, resolvedAt: change.at, reason };
    });
    const resolved = events.filter(({ to }) => to === "solved");
    const left = events.filter(({ from }) => from === "solved");
    const [come, gone] = [await csat.ticketsResolved(resolved, { tx }), await csat.ticketsLeft(left, { tx })];
    return () => csat.afterCommit([...come, ...gone]);
  });
  return { csat, worker: await csat.startWorker() };
}

function ticketsOf(database: Kysely<Tables>): TicketSource {
  const getTickets = async (_: string, ids: readonly string[]) =>
    (await ticketDetails(database, ids)).map(({ customer, status, ...ticket }) => {
      const locale = customer.language;
      return { ...ticket, status: words[status], workspaceName: "Desk", customer: { ...customer, locale } };
    });
  const getTicket = async ({ ticketId }: { ticketId: string }) =>
    (await getTickets("", [ticketId]))[0] ?? null;
  return { getTickets, getTicket };
}
