import express, { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import type { Kysely } from "kysely";
import * as z from "zod";
import type { Status, Tables } from "./tables.ts";
import { type ChangeListener, changeStatus } from "./ticket-changes.ts";
import { ticketDetails } from "./ticket-details.ts";
import { userOf } from "./users.ts";

const ticketId = z.uuid();
const manyTickets = z.object({ ticketIds: z.array(ticketId).min(1).max(1000) });
const assignment = z.object({ userId: z.uuid().nullable() });
const newTicket = z.object({
  subject: z.string().min(1).max(500),
  customer: z.object({
    name: z.string().min(1).max(200),
    email: z.string().max(320).nullable().default(null),
    language: z.string().max(35).nullable().default(null),
  }),
});
const orders: Readonly<Record<string, Status>> = { solve: "solved", reopen: "open", close: "closed" };

/** The helpdesk's API: open a ticket, read it, assign it, solve, reopen and close one or many. */
export function helpdeskRoutes(database: Kysely<Tables>, listeners: readonly ChangeListener[]): Router {
  const routes = Router();
  routes.use(express.json(), signedIn(database));
  routes.post("/", async (request, response) => {
    const { subject, customer } = newTicket.parse(request.body);
    const ticket = await database.transaction().execute(async (transaction) => {
      const writer = transaction.insertInto("customers").values(customer).returning("id");
      const { id: customer_id } = await writer.executeTakeFirstOrThrow();
      const opened = transaction.insertInto("tickets").values({ subject, customer_id, assignee_id: null });
      return opened.returningAll().executeTakeFirstOrThrow();
    });
    response.status(201).json(ticket);
  });
  routes.get("/:id", async (request, response) => {
    const [ticket] = await ticketDetails(database, [ticketId.parse(request.params.id)]);
    if (ticket === undefined) return void response.status(404).json({ error: "No such ticket." });
    response.json(ticket);
  });
  routes.post("/:id/assign", async (request, response) => {
    const { userId } = assignment.parse(request.body);
    const id = ticketId.parse(request.params.id);
    await database.updateTable("tickets").set({ assignee_id: userId }).where("id", "=", id).execute();
    response.json({ ticketId: id, userId });
  });
  for (const [order, to] of Object.entries(orders)) {
    routes.post(`/${order}`, async (request, response) => {
      const { ticketIds } = manyTickets.parse(request.body);
      response.json(
        await changeStatus(database, listeners, { ticketIds, to, userId: response.locals.user.id }),
      );
    });
    routes.post(`/:id/${order}`, async (request, response) => {
      const ticketIds = [ticketId.parse(request.params.id)];
      response.json(
        await changeStatus(database, listeners, { ticketIds, to, userId: response.locals.user.id }),
      );
    });
  }
  return routes.use(refuse);
}

function signedIn(database: Kysely<Tables>): RequestHandler {
  return async (request, response, next) => {
    const user = await userOf(database, request.headers.authorization);
    if (user === null) return void response.status(401).json({ error: "Sign in." });
    response.locals.user = user;
    next();
  };
}

const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof z.ZodError) return void response.status(400).json({ error: z.prettifyError(error) });
  console.error(error instanceof Error ? error.name : "a request failed");
  response.status(500).json({ error: "Try again in a moment." });
};
