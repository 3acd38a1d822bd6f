import type { Csat } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { and, eq } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { type Database, tickets } from "./database.ts";

const id = z.string().min(1).max(200);
const newTicket = z.object({
  id,
  subject: z.string().min(1).max(500),
  customerName: z.string().nullable().default(null),
  customerEmail: z.string().nullable().default(null),
  assigneeId: id.nullable().default(null),
});
const resolution = z.object({ actorId: id.nullable().default(null) });
const leaving = z.object({ reason: z.enum(["reopened", "closed", "merged"]).default("reopened") });

/** The helpdesk's own API, as far as the example needs one. */
export function ticketRoutes(parts: { readonly csat: Csat<DrizzleTx>; readonly database: Database }): Hono {
  const { csat, database } = parts;
  return new Hono()
    .post("/:workspaceId/tickets", async (context) => {
      const ticket = newTicket.parse(await context.req.json());
      await database.insert(tickets).values({ workspaceId: context.req.param("workspaceId"), ...ticket });
      return context.json(ticket, 201);
    })
    .post("/:workspaceId/tickets/:ticketId/resolve", async (context) => {
      const ref = context.req.param();
      const { actorId } = resolution.parse(await context.req.json());
      // The ticket and its survey are committed together, or not at all.
      const outcome = await database.transaction(async (tx) => {
        if (!(await changeStatus(tx, { ...ref, status: "resolved" }))) return null;
        return csat.ticketResolved({ ...ref, actorId, resolvedAt: new Date() }, { tx });
      });
      if (outcome === null)
        return context.json({ error: { code: "not_found", message: "No such ticket." } }, 404);
      // Only now: a wake-up for a row that may still be rolled back would be a lie.
      await csat.afterCommit(outcome);
      return context.json(outcome);
    })
    .post("/:workspaceId/tickets/:ticketId/leave", async (context) => {
      const ref = context.req.param();
      const { reason } = leaving.parse(await context.req.json());
      const outcome = await database.transaction(async (tx) => {
        const status = reason === "reopened" ? "open" : "closed";
        if (!(await changeStatus(tx, { ...ref, status }))) return null;
        return csat.ticketLeft({ ...ref, reason, at: new Date() }, { tx });
      });
      if (outcome === null)
        return context.json({ error: { code: "not_found", message: "No such ticket." } }, 404);
      await csat.afterCommit(outcome);
      return context.json(outcome);
    });
}

/** Changes a ticket; false when there is none. */
async function changeStatus(
  tx: Pick<Database, "update">,
  given: {
    readonly workspaceId: string;
    readonly ticketId: string;
    readonly status: "open" | "resolved" | "closed";
  },
): Promise<boolean> {
  const changed = await tx
    .update(tickets)
    .set({ status: given.status, updatedAt: new Date() })
    .where(and(eq(tickets.workspaceId, given.workspaceId), eq(tickets.id, given.ticketId)))
    .returning({ id: tickets.id });
  return changed.length > 0;
}
