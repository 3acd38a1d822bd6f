import type { TicketPanel } from "../csat.ts";
import type { TicketRef } from "../survey/survey.ts";
import type { Context } from "./context.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/** What a ticket's page shows about its survey. @throws CsatError `invalid_input`, `storage_failed` */
export async function ticketPanel<Tx>({ storage }: Context<Tx>, ref: TicketRef): Promise<TicketPanel> {
  const { workspaceId, ticketId } = validate({
    schema: ticketRefSchema,
    value: ref,
    where: "The ticket reference is invalid",
  });
  const ticket = { workspaceId, ticketId };
  const survey = await storage.surveys.find(ticket);
  if (survey === null) return { state: "none" };
  const { status } = survey;
  switch (status) {
    case "canceled":
    case "skipped":
    case "erased":
      return { state: "none" };
    case "scheduled":
    case "sending":
      return { state: "scheduled", dueAt: survey.dueAt };
    case "sent":
      return { state: "awaiting", sentAt: survey.sentAt ?? survey.dueAt };
    case "failed": {
      const journal = await storage.journal.list(ticket);
      const gaveUp = journal.findLast(({ event }) => event === "gave_up");
      return { state: "failed", since: gaveUp?.at ?? survey.dueAt };
    }
    case "answered": {
      const response = await storage.responses.find(ticket);
      // Erased between the two reads.
      return response === null ? { state: "none" } : { state: "answered", response };
    }
    default:
      return unknownStatus(status);
  }
}

/** A status written by a newer release: nothing that this one could say about it. */
function unknownStatus(_status: never): TicketPanel {
  return { state: "none" };
}
