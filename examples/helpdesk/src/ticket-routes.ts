import { type Context, Hono } from "hono";
import type { Moved } from "./desk.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { bodies, readJson } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { createTicket, findTicket, isTicketId, type Ticket } from "./tickets.ts";
import { userOf } from "./users.ts";

/** The JSON routes of tickets, for callers that a middleware has put into `user`. */
export function ticketRoutes({ database, desk, clock }: HelpdeskParts) {
  const routes = new Hono<HelpdeskEnvironment>();

  routes.post("/", async (context) => {
    const { workspaceId } = context.var.user;
    const { subject, customer, assigneeId, attributes } = await readJson(context, bodies.newTicket);
    checkAssignee(workspaceId, assigneeId);
    const now = clock.now();
    const { id, timeZone, channel, address } = customer;
    const details = given({ customerId: id, timeZone, channel, address, attributes });
    const ticket = await createTicket(database, { workspaceId, subject, customer, assigneeId, details, now });
    return context.json(ticketJson(ticket), 201);
  });

  routes.post("/bulk-resolve", async (context) => {
    const { ids } = await readJson(context, bodies.ids);
    const moved = await desk.resolve(context.var.user, uniqueIds(ids), null);
    const results = perId(ids, moved, { changed: "resolved", unchanged: "already_resolved" });
    return context.json({ results });
  });

  routes.post("/auto-close", async (context) => {
    const { ids } = await readJson(context, bodies.ids);
    const moved = await desk.autoClose(context.var.user, uniqueIds(ids));
    const results = perId(ids, moved, { changed: "closed", unchanged: "not_resolved" });
    return context.json({ results });
  });

  routes.get("/:id", async (context) => {
    const ticket = await findTicket(database, context.var.user.workspaceId, context.req.param("id"));
    return context.json(ticketJson(ticket ?? unknownTicket()));
  });

  routes.patch("/:id", async (context) => {
    const id = ticketId(context);
    const change = await readJson(context, bodies.update);
    checkAssignee(context.var.user.workspaceId, change.assigneeId ?? null);
    return context.json(movedJson(await desk.update(context.var.user, id, change)));
  });

  routes.post("/:id/resolve", async (context) => {
    const id = ticketId(context);
    const { note, ask } = await readJson(context, bodies.resolve);
    const [moved] = await desk.resolve(context.var.user, [id], note, ask ?? undefined);
    return context.json(movedJson(moved));
  });

  routes.post("/:id/merge", async (context) => {
    const id = ticketId(context);
    const { into } = await readJson(context, bodies.merge);
    if (into === id) refuse(400, "invalid_input", "into: a ticket cannot be merged into itself");
    return context.json(movedJson(await desk.merge(context.var.user, id, into)));
  });

  return routes;
}

/** Refuses an assignee who does not work in the workspace; null is nobody. */
export function checkAssignee(workspaceId: string, assigneeId: string | null): void {
  if (assigneeId === null || userOf(workspaceId, assigneeId) !== null) return;
  refuse(400, "invalid_input", "assigneeId: must be null or a user of this workspace");
}

/** Refuses with 404: no such ticket in the caller's workspace. */
export function unknownTicket(): never {
  refuse(404, "ticket_not_found", "This workspace has no such ticket.");
}

function ticketId(context: Context): string {
  const id = context.req.param("id");
  return isTicketId(id) ? id : unknownTicket();
}

function ticketJson({ id, status, subject, customerName, customerEmail, assigneeId, details }: Ticket) {
  const { customerId, timeZone, channel, address, attributes, ask } = details;
  const further = given({ id: customerId, timeZone, channel, address });
  const customer = { name: customerName, email: customerEmail, ...further };
  return { id, status, subject, customer, assigneeId, ...given({ attributes, ask }) };
}

type Given<Fields> = { readonly [Name in keyof Fields]?: NonNullable<Fields[Name]> };

/** Without what was not given, or is null. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(said) as Given<Fields>; // Its fields, less those that were left out.
}

function movedJson(moved: Moved | undefined) {
  return { ...ticketJson(moved?.ticket ?? unknownTicket()), survey: surveyJson(moved) };
}

/** What the library answered, without the ids that the caller knows. */
function surveyJson(moved: Moved | undefined) {
  if (!moved?.survey) return null;
  const { kind } = moved.survey;
  switch (kind) {
    case "scheduled":
      return { kind, dueAt: moved.survey.dueAt };
    case "not_surveyed":
      return { kind, reason: moved.survey.reason };
    case "rejected":
      return { kind, reason: moved.survey.error.message };
    default:
      return { kind };
  }
}

function uniqueIds(ids: readonly unknown[]): string[] {
  return [...new Set(ids.filter(isTicketId))];
}

/** One answer per id as it was asked for, in that order; a repeated id says so. */
function perId(
  ids: readonly unknown[],
  moved: readonly Moved[],
  words: { readonly changed: string; readonly unchanged: string },
) {
  const byId = new Map<unknown, Moved>(moved.map((entry) => [entry.ticketId, entry]));
  return ids.map((id, index) => {
    const entry = byId.get(id);
    if (!entry?.ticket) return { id, outcome: "not_found", survey: null };
    if (ids.indexOf(id) !== index) return { id, outcome: "duplicate", survey: null };
    return { id, outcome: entry.changed ? words.changed : words.unchanged, survey: surveyJson(entry) };
  });
}
