import { type Context, Hono } from "hono";
import { findMail, listMailSummaries } from "./inbox.ts";
import { mailDocument } from "./mail-document.ts";
import { pageFrame } from "./page-frame.ts";
import { inboxPage } from "./pages/inbox-page.ts";
import { newTicketPage } from "./pages/new-ticket.ts";
import { ticketListPage } from "./pages/ticket-list.ts";
import { ticketPage } from "./pages/ticket-page.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { refuse } from "./refuse.ts";
import { ticketStatuses } from "./tables/columns.ts";
import { unknownTicket } from "./ticket-routes.ts";
import { findTicket, listNotes, listTickets } from "./tickets.ts";

/** The pages for browsers; forms stand in `form-routes.ts`. */
export function pageRoutes({ database, csat, clock, views, hasInbox }: HelpdeskParts) {
  const routes = new Hono<HelpdeskEnvironment>();
  const frame = (context: Context<HelpdeskEnvironment>, title: string) => pageFrame(context, title, clock);

  routes.get("/", async (context) => {
    const chosen = context.req.query("status") ?? "open";
    const shown = ticketStatuses.find((status) => status === chosen) ?? null;
    const tickets = await listTickets(database, context.var.user.workspaceId, shown);
    return context.html(ticketListPage(frame(context, "Tickets"), { tickets, shown }));
  });

  routes.get("/tickets/new", (context) => context.html(newTicketPage(frame(context, "New ticket"))));

  routes.get("/tickets/:id", async (context) => {
    const { workspaceId } = context.var.user;
    const ticket = (await findTicket(database, workspaceId, context.req.param("id"))) ?? unknownTicket();
    const ref = { workspaceId, ticketId: ticket.id };
    const [notes, panel, journal] = await Promise.all([
      listNotes(database, ticket),
      csat.getTicketPanel(ref),
      csat.explain(ref),
    ]);
    const csatPanel = await views.draw(
      "ticket-panel",
      { panel, journal, ticketId: ticket.id },
      context.req.raw,
    );
    return context.html(ticketPage(frame(context, ticket.subject), { ticket, notes, csatPanel }));
  });

  routes.get("/inbox", async (context) => {
    const mails = await listMailSummaries(database);
    const open = mails[0] ?? null;
    return context.html(inboxPage(frame(context, "Inbox"), { mails, open, isBuiltIn: hasInbox }));
  });

  routes.get("/inbox/:id", async (context) => {
    const open = await mailOf(context);
    const mails = await listMailSummaries(database);
    return context.html(inboxPage(frame(context, open.subject), { mails, open, isBuiltIn: hasInbox }));
  });

  routes.get("/inbox/:id/html", async (context) => {
    const { html, policy } = mailDocument((await mailOf(context)).html);
    return context.html(html, 200, { "content-security-policy": policy });
  });

  routes.get("/inbox/:id/text", async (context) => context.text((await mailOf(context)).text));
  routes.get("/inbox/:id/raw", async (context) => context.text((await mailOf(context)).raw));

  async function mailOf(context: Context<HelpdeskEnvironment, "/inbox/:id">) {
    const mail = await findMail(database, context.req.param("id"));
    return mail ?? refuse(404, "not_found", "There is no such mail.");
  }

  return routes;
}
