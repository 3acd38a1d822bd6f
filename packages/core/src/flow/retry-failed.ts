import * as z from "zod/mini";
import type { Csat, ResolveOutcome } from "../csat.ts";
import type { Retried } from "../policy/transition/by-hand.ts";
import type { FailReason, TicketRef } from "../survey/survey.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { eventTimeSchema, idSchema, validate } from "./validate.ts";
import { wakeUpFor } from "./wake-up.ts";

const failReasons = ["attempts_used_up", "refused", "indeterminate"] as const satisfies readonly FailReason[];

const whichSchema = (now: Date) =>
  z.object(
    {
      since: z.optional(eventTimeSchema(now)),
      reasons: z._default(
        z.array(
          z.enum(failReasons, `must be one of ${failReasons.join(", ")}`),
          "must be an array of reasons",
        ),
        ["attempts_used_up"],
      ),
    },
    "must be an object",
  );

const ticketsPerRead = 500;

/**
 * Makes given-up surveys due again: by default those whose attempts were used up, never those that may have reached
 * anybody. Returns how many.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function retryFailed<Tx>(
  context: Context<Tx>,
  workspaceId: string,
  which: Parameters<Csat["retryFailed"]>[1] = {},
): Promise<number> {
  const { storage, clock } = context;
  const now = clock.now();
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const { since = null, reasons } = validate({
    schema: whichSchema(now),
    value: which,
    where: "Nothing was retried",
  });
  const retried: Retried = { kind: "retried", reasons, now };
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly TicketRef[]; readonly nextCursor: string | null } =
      await storage.lists.failed({ workspaceId, since, reasons, limit: ticketsPerRead, cursor });
    const plans = page.items.map((ref) => ({ ref, event: () => retried }));
    const changed = await changeTickets({ store: storage, plans, now });
    const scheduled = changed.flatMap(({ outcome }, place): readonly ResolveOutcome[] => {
      const ref = page.items[place];
      return outcome.kind === "scheduled" && ref !== undefined
        ? [{ ...ref, ...outcome, kind: "scheduled" }]
        : [];
    });
    count += scheduled.length;
    await wakeUpFor(context, scheduled);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}
