import * as z from "zod/mini";
import type { InTransaction } from "../csat.ts";
import type { StorageOperations } from "../ports/storage/storage.ts";
import type { TicketRef } from "../survey/survey.ts";
import { ticketKey, toChunks } from "./batches.ts";
import type { Context } from "./context.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/**
 * Erases what is stored about tickets and leaves tombstones. Nothing is erased when one reference is invalid.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function eraseTickets<Tx>(
  context: Context<Tx>,
  refs: readonly TicketRef[],
  options: InTransaction<Tx> = {},
): Promise<void> {
  const valid = validate({
    schema: z.array(ticketRefSchema, "must be an array of ticket references"),
    value: refs,
    where: "Nothing was erased",
  });
  const distinct = new Map(valid.map((ref) => [ticketKey(ref), ref]));
  const now = context.clock.now();
  const placed = [...distinct.values()].map((event, index) => ({ event, index }));
  for (const chunk of toChunks({ events: placed, timeOf: () => now })) {
    const tickets = chunk.map(({ event }) => event);
    const work = async (operations: StorageOperations) => {
      await operations.surveys.erase(tickets);
      await operations.journal.append(
        tickets.map((ref) => ({ ...ref, at: now, event: "erased", reason: null, actorId: null })),
      );
    };
    await (options.tx === undefined
      ? context.storage.transaction(work)
      : work(context.storage.within(options.tx)));
  }
}
