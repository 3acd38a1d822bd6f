import type { Clock, Csat, LeaveOutcome, LeaveReason, Rejected, ResolveOutcome } from "@csat/core";
import type { HelpdeskDatabase, HelpdeskTransaction } from "./database.ts";
import { refuse } from "./refuse.ts";
import {
  assignTicket,
  findTicket,
  keepDetails,
  lockTickets,
  moveTickets,
  type Ticket,
  type TicketStatus,
  writeNotes,
} from "./tickets.ts";
import type { DemoUser } from "./users.ts";

/** What the library answered about one ticket; null when there was nothing to tell it. */
export type SurveyOutcome = ResolveOutcome | LeaveOutcome | Rejected | null;

/** What one call did with one of its tickets. `ticket` is null when the workspace has no such ticket. */
export interface Moved {
  readonly ticketId: string;
  readonly ticket: Ticket | null;
  /** False where the ticket stayed as it was. */
  readonly changed: boolean;
  readonly survey: SurveyOutcome;
}

/** Every way in which a ticket changes. Each works within the caller's workspace and answers per ticket. */
export interface Desk {
  /** Resolve with a note, for one ticket or many; null writes no note. What `ask` says is told to the library and kept with the ticket. */
  resolve(
    caller: DemoUser,
    ids: readonly string[],
    note: string | null,
    ask?: boolean,
  ): Promise<readonly Moved[]>;
  /** The status picker and the assignee picker. Undefined leaves a field as it is. */
  update(caller: DemoUser, id: string, change: TicketChange): Promise<Moved>;
  /** Closes those that are resolved, as a nightly job would. */
  autoClose(caller: DemoUser, ids: readonly string[]): Promise<readonly Moved[]>;
  /** Closes a ticket as a duplicate of another one of the same workspace. Refuses an unknown target. */
  merge(caller: DemoUser, id: string, into: string): Promise<Moved>;
}

/** What the pickers change. */
export interface TicketChange {
  readonly status?: TicketStatus | undefined;
  readonly assigneeId?: string | null | undefined;
}

interface Move {
  readonly workspaceId: string;
  readonly ids: readonly string[];
  readonly to: TicketStatus;
  readonly actorId: string;
  /** Leaves tickets of other statuses alone. */
  readonly onlyFrom?: TicketStatus;
  readonly mergedInto?: string;
  /** False: this resolution asks nobody. */
  readonly ask?: boolean | undefined;
}

/** The desk over a database, a library and a clock. */
export function openDesk(parts: {
  readonly database: HelpdeskDatabase;
  readonly csat: Pick<Csat<HelpdeskTransaction>, "ticketsResolved" | "ticketsLeft" | "afterCommit">;
  readonly clock: Clock;
}): Desk {
  const { database, csat, clock } = parts;

  // The helpdesk's rows and the library's are written in one transaction: neither is ever there without the other.
  async function commit(
    work: (tx: HelpdeskTransaction) => Promise<readonly Moved[]>,
  ): Promise<readonly Moved[]> {
    // MySQL's own level would read what stood when the transaction began; Postgres has this one anyway.
    const moved = await database.transaction(work, { isolationLevel: "read committed" });
    // Only now may a worker be woken: before the commit it would find nothing.
    await csat.afterCommit(moved.flatMap(({ survey }) => survey ?? []));
    return moved;
  }

  async function move(tx: HelpdeskTransaction, request: Move): Promise<readonly Moved[]> {
    const { workspaceId, to, mergedInto = null } = request;
    // Locked, so that of two callers who resolve one ticket at once the second finds it resolved.
    const before = new Map((await lockTickets(tx, workspaceId, request.ids)).map((row) => [row.id, row]));
    const moving = [...before.values()].filter(
      (ticket) =>
        (ticket.status !== to || mergedInto !== null) &&
        (request.onlyFrom === undefined || ticket.status === request.onlyFrom),
    );
    const after = await moveTickets(tx, {
      workspaceId,
      locked: moving,
      to,
      mergedInto,
      now: clock.now(),
    });
    // The library hears of transitions alone: into resolved, and out of it.
    const surveys =
      to === "resolved"
        ? await tellResolved(tx, after, request)
        : await tellLeft(tx, {
            tickets: after.filter(({ id }) => before.get(id)?.status === "resolved"),
            reason: leaveReason(to, mergedInto),
          });
    const answers = new Map(surveys.map((survey) => [survey.ticketId, survey]));
    const movedTo = new Map(after.map((ticket) => [ticket.id, ticket]));
    return request.ids.map((ticketId) => ({
      ticketId,
      ticket: movedTo.get(ticketId) ?? before.get(ticketId) ?? null,
      changed: movedTo.has(ticketId),
      survey: answers.get(ticketId) ?? null,
    }));
  }

  function tellResolved(
    tx: HelpdeskTransaction,
    resolved: readonly Ticket[],
    { actorId, ask }: Pick<Move, "actorId" | "ask">,
  ) {
    const events = resolved.map((ticket) => ({
      workspaceId: ticket.workspaceId,
      ticketId: ticket.id,
      actorId,
      resolvedAt: ticket.statusChangedAt,
      ...(ask === undefined ? {} : { ask }),
    }));
    return csat.ticketsResolved(events, { tx });
  }

  function tellLeft(
    tx: HelpdeskTransaction,
    left: { readonly tickets: readonly Ticket[]; readonly reason: LeaveReason },
  ) {
    const events = left.tickets.map((ticket) => ({
      workspaceId: ticket.workspaceId,
      ticketId: ticket.id,
      at: ticket.statusChangedAt,
      reason: left.reason,
    }));
    return csat.ticketsLeft(events, { tx });
  }

  return {
    resolve: (caller, ids, note, ask) =>
      commit(async (tx) => {
        const { workspaceId, id: actorId } = caller;
        const resolved = await move(tx, { workspaceId, ids, to: "resolved", actorId, ask });
        const moved = ask === undefined ? resolved : await withAsk(tx, resolved, ask);
        const noted = note === null ? [] : moved.flatMap(({ ticket }) => ticket ?? []);
        await writeNotes(
          tx,
          noted.map(({ id }) => ({
            workspaceId,
            ticketId: id,
            authorId: actorId,
            body: note ?? "",
            writtenAt: clock.now(),
          })),
        );
        return moved;
      }),

    update: async ({ workspaceId, id: actorId }, id, { status, assigneeId }) => {
      const moved = await commit(async (tx) => {
        if (assigneeId !== undefined) await assignTicket(tx, { workspaceId, id, assigneeId });
        if (status !== undefined) return await move(tx, { workspaceId, ids: [id], to: status, actorId });
        const ticket = await findTicket(tx, workspaceId, id);
        return [{ ticketId: id, ticket, changed: ticket !== null, survey: null }];
      });
      return only(moved);
    },

    autoClose: ({ workspaceId, id: actorId }, ids) =>
      commit((tx) => move(tx, { workspaceId, ids, to: "closed", actorId, onlyFrom: "resolved" })),

    merge: async ({ workspaceId, id: actorId }, id, into) => {
      const moved = await commit(async (tx) => {
        if ((await findTicket(tx, workspaceId, into)) === null) {
          refuse(
            404,
            "ticket_not_found",
            "The ticket to merge into does not exist: name one of this workspace.",
          );
        }
        return await move(tx, { workspaceId, ids: [id], to: "closed", actorId, mergedInto: into });
      });
      return only(moved);
    },
  };
}

async function withAsk(
  tx: HelpdeskTransaction,
  moved: readonly Moved[],
  ask: boolean,
): Promise<readonly Moved[]> {
  return await Promise.all(
    moved.map(async (one) => {
      if (one.ticket === null || !one.changed) return one;
      return { ...one, ticket: await keepDetails(tx, one.ticket, { ask }) };
    }),
  );
}

function leaveReason(to: TicketStatus, mergedInto: string | null): LeaveReason {
  if (mergedInto !== null) return "merged";
  return to === "open" ? "reopened" : "closed";
}

function only(moved: readonly Moved[]): Moved {
  const [first] = moved;
  if (first === undefined) throw new Error("A move of one ticket answered none.");
  return first;
}
