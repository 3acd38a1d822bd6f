import { type Csat, createCsat, type Store } from "@csat/core";
import type { HelpdeskTransaction } from "../database.ts";
import { terminalLogger } from "../terminal-logger.ts";
import { attributes } from "../ticket-source.ts";
import { type SeededTicket, snapshotOf } from "./seeded-ticket.ts";

/**
 * A second instance of the library on the same storage, for tickets of the past: its clock is the caller's, its mailer keeps nothing, it
 * wakes nobody and raises no webhooks.
 */
export function seedCsat({
  storage,
  tickets,
  publicUrl,
  clock,
  mailed,
}: {
  readonly storage: Store<HelpdeskTransaction>;
  readonly tickets: readonly SeededTicket[];
  readonly publicUrl: string;
  readonly clock: { now(): Date };
  /** Called with the token of each mail that arrives. */
  readonly mailed: (ticket: SeededTicket, token: string) => void;
}): Csat<HelpdeskTransaction> {
  const byId = new Map(tickets.map((ticket) => [ticket.ticketId, ticket]));
  const byAddress = new Map(tickets.map((ticket) => [ticket.fate.customer.email, ticket]));
  return createCsat<HelpdeskTransaction>({
    storage,
    scheduler: {
      schedule: async () => {},
      cancel: async () => {},
      start: async () => ({ stop: async () => {} }),
    },
    mailer: {
      send: async ({ to, text }) => {
        const ticket = byAddress.get(to.address);
        const token = /\/r\/([\w-]+)\?/.exec(text)?.[1];
        if (ticket === undefined || token === undefined || ticket.fate.isRefused) {
          return { kind: "refused", error: "550 no such mailbox" };
        }
        mailed(ticket, token);
        return { kind: "accepted", messageId: null };
      },
    },
    tickets: {
      getTicket: async ({ ticketId }) => {
        const ticket = byId.get(ticketId);
        return ticket === undefined ? null : snapshotOf(ticket);
      },
      getTickets: async (_workspaceId, ids) => ids.flatMap((id) => byId.get(id) ?? []).map(snapshotOf),
    },
    publicUrl,
    attributes,
    clock,
    // Refused mails belong to the story.
    logger: { ...terminalLogger, warn: () => {} },
  });
}
