import type { TicketPanel } from "../csat.ts";
import type { TicketRef } from "../survey/survey.ts";
import { ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { fromDocument } from "./ticket-document.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/** What a ticket's page shows about its survey. @throws CsatError `invalid_input`, `storage_failed` */
export async function ticketPanel<Tx>({ storage }: Context<Tx>, ref: TicketRef): Promise<TicketPanel> {
  const { workspaceId, ticketId } = validate({
    schema: ticketRefSchema,
    value: ref,
    where: "The ticket reference is invalid",
  });
  const ticket = { workspaceId, ticketId };
  const [head] = await storage.auto.read([ticketHeadKey(ticket)]);
  const survey = fromDocument(head?.state ?? null).survey;
  if (survey === null) return { state: "none" };
  const channel = survey.answeredIn ?? survey.channel;
  const by = channel === null ? {} : { channel };
  switch (survey.status) {
    case "canceled":
    case "skipped":
      return { state: "none" };
    case "scheduled":
    case "sending":
      return { state: "scheduled", dueAt: survey.dueAt };
    case "sent":
      return { state: "awaiting", sentAt: survey.sentAt ?? survey.dueAt, ...by };
    case "failed": {
      const journal = await storage.lists.journal(ticket);
      const gaveUp = journal.findLast(({ event }) => event === "gave_up");
      return { state: "failed", since: gaveUp?.at ?? survey.dueAt };
    }
    case "answered": {
      const response = await storage.lists.answer(ticket);
      // Erased between the two reads.
      return response === null ? { state: "none" } : { state: "answered", response, ...by };
    }
    default:
      return unknownStatus(survey.status);
  }
}

/** Every status has its case above: a new one does not compile here. */
function unknownStatus(_status: never): TicketPanel {
  return { state: "none" };
}
