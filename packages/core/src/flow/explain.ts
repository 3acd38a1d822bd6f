import type { ExplainedEntry } from "../for-operators.ts";
import type { TicketRef } from "../survey/survey.ts";
import type { Context } from "./context.ts";
import { operatorNames } from "./operator-names.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/** Every decision about a ticket's survey, oldest first, with who acted by name. @throws CsatError `invalid_input`, `storage_failed` */
export async function explain<Tx>(context: Context<Tx>, ref: TicketRef): Promise<readonly ExplainedEntry[]> {
  const { workspaceId, ticketId } = validate({
    schema: ticketRefSchema,
    value: ref,
    where: "The ticket reference is invalid",
  });
  const journal = await context.storage.lists.journal({ workspaceId, ticketId });
  const names = await operatorNames(context, {
    workspaceId,
    operatorIds: journal.map(({ actorId }) => actorId),
  });
  // What a decision rested on is nobody's to read here.
  return journal.map(({ facts: _facts, ...entry }) => {
    const actorName = names.get(entry.actorId ?? "");
    return actorName === undefined ? entry : { ...entry, actorName };
  });
}
