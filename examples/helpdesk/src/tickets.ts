import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { HelpdeskDatabase, HelpdeskTransaction } from "./database.ts";
import { notes, type TicketDetails, ticketNumbers, tickets } from "./schema.ts";

/** One row of the ticket table. */
export type Ticket = typeof tickets.$inferSelect;

/** The states of the status picker. */
export type TicketStatus = Ticket["status"];

/** What a new ticket starts with. */
export interface NewTicket {
  readonly workspaceId: string;
  readonly subject: string;
  readonly customer: { readonly name: string | null; readonly email: string | null };
  readonly assigneeId: string | null;
  readonly details?: TicketDetails;
  readonly now: Date;
}

type Executor = HelpdeskDatabase | HelpdeskTransaction;

/** True for what a ticket id looks like. Others are unknown, and may hold characters that Postgres refuses. */
export function isTicketId(id: unknown): id is string {
  return typeof id === "string" && /^T-[1-9]\d{0,8}$/.test(id);
}

/** Opens a ticket under the next number of its workspace. Concurrent calls get different ones. */
export async function createTicket(executor: Executor, ticket: NewTicket): Promise<Ticket> {
  const [{ number } = { number: 1 }] = await executor
    .insert(ticketNumbers)
    .values({ workspaceId: ticket.workspaceId, lastNumber: 1 })
    .onConflictDoUpdate({
      target: ticketNumbers.workspaceId,
      set: { lastNumber: sql`${ticketNumbers.lastNumber} + 1` },
    })
    .returning({ number: ticketNumbers.lastNumber });
  const [created] = await executor
    .insert(tickets)
    .values({
      workspaceId: ticket.workspaceId,
      id: `T-${number}`,
      number,
      subject: ticket.subject,
      status: "open",
      customerName: ticket.customer.name,
      customerEmail: ticket.customer.email,
      assigneeId: ticket.assigneeId,
      details: ticket.details ?? {},
      createdAt: ticket.now,
      statusChangedAt: ticket.now,
    })
    .returning();
  if (created === undefined) throw new Error("An inserted ticket was not returned.");
  return created;
}

/** One ticket; null when the workspace has none of that id. */
export async function findTicket(
  executor: Executor,
  workspaceId: string,
  id: string,
): Promise<Ticket | null> {
  const [ticket] = await findTickets(executor, workspaceId, [id]);
  return ticket ?? null;
}

/** Those of the named tickets that the workspace has, in no particular order. */
export function findTickets(
  executor: Executor,
  workspaceId: string,
  ids: readonly string[],
): Promise<Ticket[]> {
  const known = ids.filter(isTicketId);
  return executor
    .select()
    .from(tickets)
    .where(and(eq(tickets.workspaceId, workspaceId), inArray(tickets.id, known)));
}

/** The same, locked until the transaction ends and always in one order, so that two bulk calls never deadlock. */
export function lockTickets(
  tx: HelpdeskTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<Ticket[]> {
  return tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.workspaceId, workspaceId), inArray(tickets.id, ids.filter(isTicketId))))
    .orderBy(asc(tickets.number))
    .for("update");
}

/** A workspace's tickets, newest first, at most 200; of one status when given. */
export function listTickets(
  executor: Executor,
  workspaceId: string,
  status: TicketStatus | null,
): Promise<Ticket[]> {
  return executor
    .select()
    .from(tickets)
    .where(
      and(eq(tickets.workspaceId, workspaceId), status === null ? undefined : eq(tickets.status, status)),
    )
    .orderBy(desc(tickets.number))
    .limit(200);
}

/** Sets who is responsible now; null for nobody. */
export async function assignTicket(
  tx: HelpdeskTransaction,
  ticket: { readonly workspaceId: string; readonly id: string; readonly assigneeId: string | null },
): Promise<void> {
  await tx
    .update(tickets)
    .set({ assigneeId: ticket.assigneeId })
    .where(and(eq(tickets.workspaceId, ticket.workspaceId), eq(tickets.id, ticket.id)));
}

/**
 * Moves locked tickets to a status and answers them with the time of the move: now, or a millisecond after the ticket's
 * previous move where the clock has not ticked since. So a ticket's events are ordered however fast they come.
 */
export function moveTickets(
  tx: HelpdeskTransaction,
  move: {
    readonly workspaceId: string;
    readonly ids: readonly string[];
    readonly to: TicketStatus;
    readonly mergedInto: string | null;
    readonly now: Date;
  },
): Promise<Ticket[]> {
  const after = sql`${tickets.statusChangedAt} + interval '1 millisecond'`;
  return tx
    .update(tickets)
    .set({
      status: move.to,
      mergedInto: move.mergedInto,
      statusChangedAt: sql`greatest(${move.now.toISOString()}::timestamptz, ${after})`,
    })
    .where(and(eq(tickets.workspaceId, move.workspaceId), inArray(tickets.id, [...move.ids])))
    .returning();
}

/** Keeps what an operator wrote on tickets. */
export async function writeNotes(
  tx: HelpdeskTransaction,
  written: readonly (typeof notes.$inferInsert)[],
): Promise<void> {
  if (written.length > 0) await tx.insert(notes).values([...written]);
}

/** The notes of a ticket, oldest first. */
export function listNotes(executor: Executor, ticket: Ticket): Promise<(typeof notes.$inferSelect)[]> {
  return executor
    .select()
    .from(notes)
    .where(and(eq(notes.workspaceId, ticket.workspaceId), eq(notes.ticketId, ticket.id)))
    .orderBy(asc(notes.id));
}

/** Adds to what a ticket says besides, and answers the ticket as it is then. */
export async function keepDetails(
  executor: Executor,
  ticket: Ticket,
  change: TicketDetails,
): Promise<Ticket> {
  const details = { ...ticket.details, ...change };
  const isIt = and(eq(tickets.workspaceId, ticket.workspaceId), eq(tickets.id, ticket.id));
  await executor.update(tickets).set({ details }).where(isIt);
  return { ...ticket, details };
}
