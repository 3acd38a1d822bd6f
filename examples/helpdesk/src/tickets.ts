import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { HelpdeskTransaction } from "./database.ts";
import type { TicketDetails } from "./tables/columns.ts";
import { type Executor, type NewRowOf, type RowOf, tablesOf, unlessThere } from "./tables/tables.ts";

/** One row of the ticket table. */
export type Ticket = RowOf<"tickets">;

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

/** True for what a ticket id looks like. Others are unknown, and may hold characters that Postgres refuses. */
export function isTicketId(id: unknown): id is string {
  return typeof id === "string" && /^T-[1-9]\d{0,8}$/.test(id);
}

/** Opens a ticket under the next number of its workspace. Concurrent calls get different ones. */
export function createTicket(executor: Executor, ticket: NewTicket): Promise<Ticket> {
  return executor.transaction(async (tx) => {
    const { workspaceId, subject, customer, assigneeId, details = {}, now } = ticket;
    const number = await reserveNumbers(tx, { workspaceId, count: 1 });
    const created: Ticket = {
      workspaceId,
      id: `T-${number}`,
      number,
      subject,
      status: "open",
      customerName: customer.name,
      customerEmail: customer.email,
      assigneeId,
      mergedInto: null,
      details,
      createdAt: now,
      statusChangedAt: now,
    };
    await tx.insert(tablesOf(tx).tickets).values(created);
    return created;
  });
}

/** Takes the next `count` ticket numbers of a workspace and answers the first of them. */
export function reserveNumbers(
  executor: Executor,
  { workspaceId, count }: { readonly workspaceId: string; readonly count: number },
): Promise<number> {
  return executor.transaction(async (tx) => {
    const { ticketNumbers } = tablesOf(tx);
    await tx.execute(
      sql`insert into ${ticketNumbers} (workspace_id, last_number) values (${workspaceId}, 0) ${unlessThere(tx)}`,
    );
    const ofWorkspace = eq(ticketNumbers.workspaceId, workspaceId);
    // Locks the row until the end, so that what is read is what this call has made it.
    await tx
      .update(ticketNumbers)
      .set({ lastNumber: sql`${ticketNumbers.lastNumber} + ${count}` })
      .where(ofWorkspace);
    const [row] = await tx.select().from(ticketNumbers).where(ofWorkspace);
    if (row === undefined) throw new Error("The ticket numbers of a workspace are gone.");
    return row.lastNumber - count + 1;
  });
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
  const { tickets } = tablesOf(executor);
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
  const { tickets } = tablesOf(tx);
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
  const { tickets } = tablesOf(executor);
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
  const { tickets } = tablesOf(tx);
  await tx
    .update(tickets)
    .set({ assigneeId: ticket.assigneeId })
    .where(and(eq(tickets.workspaceId, ticket.workspaceId), eq(tickets.id, ticket.id)));
}

/**
 * Moves locked tickets to a status and answers them with the time of the move: now, or a millisecond after the ticket's
 * previous move where the clock has not ticked since. So a ticket's events are ordered however fast they come.
 */
export async function moveTickets(
  tx: HelpdeskTransaction,
  move: {
    readonly workspaceId: string;
    readonly locked: readonly Ticket[];
    readonly to: TicketStatus;
    readonly mergedInto: string | null;
    readonly now: Date;
  },
): Promise<Ticket[]> {
  const { tickets } = tablesOf(tx);
  const moved = move.locked.map((ticket) => {
    const after = new Date(Math.max(move.now.getTime(), ticket.statusChangedAt.getTime() + 1));
    return { ...ticket, status: move.to, mergedInto: move.mergedInto, statusChangedAt: after };
  });
  const timeOf = ({ statusChangedAt }: Ticket) => statusChangedAt.getTime();
  // One statement, but for those that moved a moment ago.
  for (const time of new Set(moved.map(timeOf))) {
    const those = moved.filter((ticket) => timeOf(ticket) === time);
    await tx
      .update(tickets)
      .set({ status: move.to, mergedInto: move.mergedInto, statusChangedAt: new Date(time) })
      .where(
        and(
          eq(tickets.workspaceId, move.workspaceId),
          inArray(
            tickets.id,
            those.map(({ id }) => id),
          ),
        ),
      );
  }
  return moved;
}

/** Keeps what an operator wrote on tickets. */
export async function writeNotes(
  tx: HelpdeskTransaction,
  written: readonly NewRowOf<"notes">[],
): Promise<void> {
  if (written.length > 0) await tx.insert(tablesOf(tx).notes).values([...written]);
}

/** The notes of a ticket, oldest first. */
export function listNotes(executor: Executor, ticket: Ticket): Promise<RowOf<"notes">[]> {
  const { notes } = tablesOf(executor);
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
  const { tickets } = tablesOf(executor);
  const details = { ...ticket.details, ...change };
  const isIt = and(eq(tickets.workspaceId, ticket.workspaceId), eq(tickets.id, ticket.id));
  await executor.update(tickets).set({ details }).where(isIt);
  return { ...ticket, details };
}
