import * as z from "zod/mini";
import type { LeaveOutcome, Rejected, TicketLeft } from "../csat.ts";
import type { InTransaction } from "../in-transaction.ts";
import type { Left } from "../policy/transition/left.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { keptOfEvent } from "./kept-facts.ts";
import { fillOutcomes, takeEvents } from "./take-events.ts";
import type { Planned } from "./ticket-change.ts";
import { eventTimeSchema, idSchema } from "./validate.ts";
import { wakeUpFor } from "./wake-up.ts";

const reasons = ["reopened", "closed", "merged"] as const;

const ticketLeftSchema = (now: Date) =>
  z.object(
    {
      workspaceId: idSchema,
      ticketId: idSchema,
      at: eventTimeSchema(now),
      reason: z.enum(reasons, `must be one of ${reasons.join(", ")}`),
    },
    "must be an event object",
  );

/**
 * Cancels the pending surveys of tickets that are no longer resolved. A constant number of statements per 1,000
 * tickets. Answers per event, in the order given.
 * @throws CsatError `storage_failed`
 */
export function ticketsLeft<Tx>(
  context: Context<Tx>,
  events: readonly TicketLeft[],
  options: InTransaction<Tx> = {},
): Promise<readonly (LeaveOutcome | Rejected)[]> {
  const { storage, telemetry, clock } = context;
  return telemetry.span("tickets_left", {}, async () => {
    const now = clock.now();
    const { outcomes, accepted } = takeEvents<TicketLeft, LeaveOutcome>({
      schema: ticketLeftSchema(now),
      events,
      where: "A ticket-left event is invalid",
      timeOf: ({ at }) => at,
    });
    const plans = accepted.map(({ event: { workspaceId, ticketId, at, reason } }): Planned<Left> => {
      const left: Left = { kind: "left", at, reason, now };
      return { ref: { workspaceId, ticketId }, event: () => left, ...keptOfEvent({ at, now }) };
    });
    const changed = await changeTickets({ store: storage, plans, now, tx: options.tx });
    fillOutcomes({ outcomes, accepted, answers: changed.map(({ outcome }) => outcome) });
    if (options.tx === undefined) await wakeUpFor(context, outcomes);
    countOutcomes(telemetry, outcomes);
    return outcomes;
  });
}
