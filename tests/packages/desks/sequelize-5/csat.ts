import { createCsat, type Mailer, type TicketSource } from "@csat/core";
import { byChannel } from "@csat/core/channels";
import { fromSequelize } from "@csat/core/transactions";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler } from "@csat/memory";
import { migrate, mysqlStorage } from "@csat/mysql";
import type { Pool } from "mysql2/promise";
import { type Chat, Contact, type Desk, Ticket, User } from "./desk";

const workspaceId = "desk"; // one company, one workspace

/** Adds surveys: their tables, the public page, what the desk tells of its tickets, and the worker. */
export async function addCsat({ app, chat, listeners }: Desk, pool: Pool, publicUrl: string) {
  await migrate(pool);
  const csat = createCsat({
    storage: mysqlStorage(pool),
    scheduler: inProcessScheduler(),
    mailer: byChannel({ whatsapp: whatsapp(chat) }),
    tickets,
    publicUrl,
  });
  const authorize = async ({ headers }: Request) => {
    const user = await User.findByPk(Number(headers.get("x-user-id"))); // your own sign-in
    if (user === null) return null;
    return { workspaceId, userId: String(user.id), role: user.profile === "admin" ? "admin" : "operator" } as const;
  };
  app.use("/csat", toNodeListener(createHandler(csat, { basePath: "/csat", authorize })));
  listeners.push(async (ticket, transaction) => {
    const tx = fromSequelize(transaction);
    const at = new Date();
    const ref = { workspaceId, ticketId: String(ticket.id) };
    if (ticket.status !== "closed") {
      await csat.ticketLeft({ ...ref, at, reason: "reopened" }, { tx });
      return async () => {};
    }
    const actorId = ticket.userId === null ? null : String(ticket.userId);
    const outcome = await csat.ticketResolved({ ...ref, actorId, resolvedAt: at }, { tx });
    return () => csat.afterCommit(outcome);
  });
  return { csat, worker: await csat.startWorker() };
}

const tickets: TicketSource = {
  async getTickets(_workspaceId, ticketIds) {
    const found = await Ticket.findAll({ where: { id: ticketIds.map(Number) } });
    const contacts = await Contact.findAll({ where: { id: found.map(({ contactId }) => contactId) } });
    return found.map(({ id, contactId, status, lastMessage }) => {
      const contact = contacts.find((one) => one.id === contactId);
      const [name, address] = [contact?.name ?? null, contact?.number ?? null];
      return {
        ticketId: String(id),
        status: status === "closed" ? "resolved" : "open",
        subject: lastMessage,
        url: null,
        workspaceName: "Acme",
        customer: { name, email: null, locale: "pt-BR", channel: "whatsapp", address },
        assignee: null,
      };
    });
  },
  getTicket: async ({ workspaceId, ticketId }) => (await tickets.getTickets(workspaceId, [ticketId]))[0] ?? null,
};

const whatsapp = (chat: Chat): Mailer => ({
  async send({ to, text }) {
    await chat({ to: to.address, text });
    return { kind: "accepted", messageId: null };
  },
});
