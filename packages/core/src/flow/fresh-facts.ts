import { errorInWords } from "../error-kind.ts";
import { isCsatError } from "../errors.ts";
import type { Head, Key } from "../ports/store/head.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { compareText } from "../survey/compare-text.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { JournalReason, TicketRef } from "../survey/survey.ts";
import { secretOf } from "./change-settings.ts";
import type { Context } from "./context.ts";
import { readCustomers } from "./customer-document.ts";
import { ticketKey } from "./take-events.ts";
import { type Together, together } from "./together.ts";
import { underLease } from "./under-lease.ts";
import { workspaceKey, workspaceOf } from "./workspace-settings.ts";

/** What is read right before mails go out. */
export interface FreshFacts {
  workspace(
    workspaceId: string,
  ): Promise<{ readonly settings: WorkspaceSettings; readonly customerSecret: string }>;
  /** Null is a ticket that is gone. */
  ticket(ref: TicketRef): Promise<TicketSnapshot | null | HostFailure>;
  /** The record of a customer, together with others that are asked for in the same moment. */
  readonly customer: Together<Key, Head>;
}

/** The host threw, took too long, or answered what is no ticket. */
export interface HostFailure {
  readonly failure: Extract<JournalReason, "ticket_source_failed" | "ticket_source_invalid">;
}

/**
 * Reads the facts for a batch of surveys: the settings of all their workspaces in one statement, the tickets of each
 * workspace in one call of the host. Where that call fails, and for what it leaves out, each ticket is asked for by
 * itself: one bad ticket holds up no other. Nothing is asked before it is needed.
 */
export function freshFacts<Tx>(
  context: Context<Tx>,
  {
    refs,
    withinMs,
    signal,
  }: {
    readonly refs: readonly TicketRef[];
    /** How long the leases of these surveys still last. */
    readonly withinMs: number;
    readonly signal: AbortSignal | undefined;
  },
): FreshFacts {
  const { storage, tickets, logger } = context;
  const byWorkspace = new Map<string, TicketRef[]>();
  for (const ref of refs)
    byWorkspace.set(ref.workspaceId, [...(byWorkspace.get(ref.workspaceId) ?? []), ref]);
  const workspaces = once(async () => {
    const keys = [...byWorkspace.keys()].toSorted(compareText).map(workspaceKey);
    const heads = await storage.auto.read(keys);
    return new Map(heads.map((head) => [head.key.workspaceId, head]));
  });
  const asked = new Map<string, () => Promise<ReadonlyMap<string, TicketSnapshot> | undefined>>();
  for (const [workspaceId, ofWorkspace] of byWorkspace) {
    asked.set(
      workspaceId,
      once(() => askMany(workspaceId, ofWorkspace)),
    );
  }

  async function askMany(
    workspaceId: string,
    ofWorkspace: readonly TicketRef[],
  ): Promise<ReadonlyMap<string, TicketSnapshot> | undefined> {
    if (ofWorkspace.length < 2) return undefined;
    const ids = ofWorkspace.map(({ ticketId }) => ticketId);
    const work = async () => tickets.getTickets(workspaceId, ids);
    // A failure says nothing about single tickets: those are asked for, and logged, one by one.
    const found = await underLease<readonly TicketSnapshot[] | undefined>({
      leaseForMs: withinMs / 2,
      signal,
      work,
      otherwise: () => undefined,
    }).catch(() => undefined);
    if (found === undefined) return undefined;
    return new Map(found.map((ticket) => [ticketKey({ workspaceId, ticketId: ticket.ticketId }), ticket]));
  }

  async function askOne(ref: TicketRef): Promise<TicketSnapshot | null | HostFailure> {
    try {
      return await underLease<TicketSnapshot | null | HostFailure>({
        leaseForMs: withinMs / 2,
        signal,
        work: async () => tickets.getTicket(ref),
        otherwise: () => {
          logger.warn({ ...ref }, "the ticket source did not answer in time, will try again");
          return { failure: "ticket_source_failed" };
        },
      });
    } catch (error) {
      const isInvalid = isCsatError(error, "invalid_answer");
      logger.warn({ ...ref, cause: errorInWords(error) }, "the ticket source failed, will try again");
      return { failure: isInvalid ? "ticket_source_invalid" : "ticket_source_failed" };
    }
  }

  return {
    // One workspace whose settings cannot be read holds up no other.
    workspace: async (workspaceId) => {
      const { settings, customerSecret } = workspaceOf((await workspaces()).get(workspaceId) ?? null);
      return {
        settings,
        customerSecret: await secretOf(context, { workspaceId, kept: customerSecret }),
      };
    },
    customer: together(0, (keys) => readCustomers(storage.auto, { keys })),
    ticket: async (ref) => {
      const many = await asked.get(ref.workspaceId)?.();
      // Who leaves one out may have looked elsewhere: that it is gone, a host says when asked for that one.
      return many?.get(ticketKey(ref)) ?? askOne(ref);
    },
  };
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= work());
}
