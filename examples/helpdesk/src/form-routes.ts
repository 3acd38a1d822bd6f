import { Hono } from "hono";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { forms, readForm } from "./read-body.ts";
import { checkAssignee, unknownTicket } from "./ticket-routes.ts";
import { createTicket, isTicketId } from "./tickets.ts";

/** What the pages' forms post to. Each answers 303, so that going back or reloading repeats nothing. */
export function formRoutes({ database, desk, clock, background }: HelpdeskParts) {
  const routes = new Hono<HelpdeskEnvironment>();

  routes.post("/tickets", async (context) => {
    const { workspaceId } = context.var.user;
    const { subject, name, email } = await readForm(context, forms.newTicket);
    const customer = { name, email };
    const now = clock.now();
    const { id } = await createTicket(database, { workspaceId, subject, customer, assigneeId: null, now });
    return context.redirect(`/tickets/${id}?done=opened`, 303);
  });

  routes.post("/tickets/bulk-resolve", async (context) => {
    const { ids } = await readForm(context, forms.bulk);
    const chosen = [...new Set([ids].flat())].filter(isTicketId);
    await desk.resolve(context.var.user, chosen, null);
    return context.redirect(chosen.length === 0 ? "/" : "/?done=resolved", 303);
  });

  routes.post("/tickets/:id/resolve", async (context) => {
    const id = knownId(context.req.param("id"));
    const { note } = await readForm(context, forms.resolve);
    const [moved] = await desk.resolve(context.var.user, [id], note);
    if (!moved?.ticket) unknownTicket();
    return context.redirect(`/tickets/${id}?done=resolved`, 303);
  });

  routes.post("/tickets/:id", async (context) => {
    const id = knownId(context.req.param("id"));
    const change = await readForm(context, forms.update);
    checkAssignee(context.var.user.workspaceId, change.assigneeId ?? null);
    const { ticket } = await desk.update(context.var.user, id, change);
    if (ticket === null) unknownTicket();
    return context.redirect(`/tickets/${id}?done=saved`, 303);
  });

  routes.post("/clock", async (context) => {
    const { ms, back } = await readForm(context, forms.clock);
    await background.advance(ms);
    return context.redirect(back, 303);
  });

  return routes;
}

function knownId(id: string): string {
  return isTicketId(id) ? id : unknownTicket();
}
