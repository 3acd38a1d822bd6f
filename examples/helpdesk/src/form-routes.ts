import { Hono } from "hono";
import type { HelpdeskDatabase } from "./database.ts";
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

  routes.post("/tickets/flood", async (context) => {
    const { workspaceId } = context.var.user;
    const ids = await openFlood(database, { workspaceId, now: clock.now() });
    await desk.resolve(context.var.user, ids, null);
    return context.redirect("/?status=resolved&done=resolved", 303);
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

const floodSize = 20;

/** As many tickets of one customer, who sent the same question again and again. */
async function openFlood(
  database: HelpdeskDatabase,
  { workspaceId, now }: { readonly workspaceId: string; readonly now: Date },
): Promise<readonly string[]> {
  const customer = { name: "Rosa Flood", email: "rosa.flood@customers.example" };
  const details = { customerId: "C-flood", timeZone: "Europe/Lisbon" };
  const ids: string[] = [];
  for (let number = 1; number <= floodSize; number++) {
    const subject = `Is anybody there? (${number})`;
    const ticket = { workspaceId, subject, customer, assigneeId: null, details, now };
    ids.push((await createTicket(database, ticket)).id);
  }
  return ids;
}

function knownId(id: string): string {
  return isTicketId(id) ? id : unknownTicket();
}
