import * as z from "zod/mini";
import type { InTransaction } from "../in-transaction.ts";
import type { Erased } from "../policy/transition/by-hand.ts";
import type { TicketRef } from "../survey/survey.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/**
 * Erases what is stored about tickets and leaves tombstones. Nothing is erased when one reference is invalid.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function eraseTickets<Tx>(
  { storage, clock }: Context<Tx>,
  refs: readonly TicketRef[],
  options: InTransaction<Tx> = {},
): Promise<void> {
  const valid = validate({
    schema: z.array(ticketRefSchema, "must be an array of ticket references"),
    value: refs,
    where: "Nothing was erased",
  });
  const now = clock.now();
  const erased: Erased = { kind: "erased", now };
  const plans = valid.map(({ workspaceId, ticketId }) => ({
    ref: { workspaceId, ticketId },
    event: () => erased,
  }));
  await changeTickets({ store: storage, plans, now, tx: options.tx });
}
