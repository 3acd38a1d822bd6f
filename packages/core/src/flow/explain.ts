import type { JournalEntry, TicketRef } from "../survey/survey.ts";
import type { Context } from "./context.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/** Every decision about a ticket's survey, oldest first. @throws CsatError `invalid_input`, `storage_failed` */
export async function explain<Tx>(
  { storage }: Context<Tx>,
  ref: TicketRef,
): Promise<readonly JournalEntry[]> {
  const { workspaceId, ticketId } = validate({
    schema: ticketRefSchema,
    value: ref,
    where: "The ticket reference is invalid",
  });
  return storage.lists.journal({ workspaceId, ticketId });
}
