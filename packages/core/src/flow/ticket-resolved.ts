import * as z from "zod/mini";
import type { Rejected, ResolveOutcome, TicketResolved } from "../csat.ts";
import type { InTransaction } from "../in-transaction.ts";
import { decideOnResolve } from "../policy/decide-on-resolve.ts";
import type { Resolved } from "../policy/transition/resolved.ts";
import { newId } from "../survey/id.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { keptOfEvent } from "./kept-facts.ts";
import { fillOutcomes, takeEvents } from "./take-events.ts";
import type { Planned } from "./ticket-change.ts";
import { eventTimeSchema, idSchema } from "./validate.ts";
import { wakeUpFor } from "./wake-up.ts";
import { sampleOf } from "./whom-facts.ts";

const ticketResolvedSchema = (now: Date) =>
  z.object(
    {
      workspaceId: idSchema,
      ticketId: idSchema,
      actorId: z.nullable(idSchema),
      resolvedAt: eventTimeSchema(now),
      ask: z._default(z.boolean("must be true or false"), true),
    },
    "must be an event object",
  );

/**
 * Records who resolved the tickets, and arms a survey where the settings say so. A constant number of statements per
 * 1,000 tickets; a repeated event changes nothing. Answers per event, in the order given.
 * @throws CsatError `storage_failed`
 */
export function ticketsResolved<Tx>(
  context: Context<Tx>,
  events: readonly TicketResolved[],
  options: InTransaction<Tx> = {},
): Promise<readonly (ResolveOutcome | Rejected)[]> {
  const { storage, telemetry, clock } = context;
  return telemetry.span("tickets_resolved", {}, async ({ trace }) => {
    const now = clock.now();
    const { outcomes, accepted } = takeEvents<TicketResolved, ResolveOutcome>({
      schema: ticketResolvedSchema(now),
      events,
      where: "A ticket.resolved event is invalid",
      timeOf: ({ resolvedAt }) => resolvedAt,
    });
    const changed = await changeTickets({
      store: storage,
      plans: accepted.map(({ event }) => plan(context, { event, trace, now })),
      withSettings: true,
      now,
      tx: options.tx,
    });
    fillOutcomes({ outcomes, accepted, answers: changed.map(({ outcome }) => outcome) });
    if (options.tx === undefined) await wakeUpFor(context, outcomes);
    countOutcomes(telemetry, outcomes);
    return outcomes;
  });
}

function plan<Tx>(
  { maxLatenessMs }: Context<Tx>,
  {
    event,
    trace,
    now,
  }: { readonly event: TicketResolved; readonly trace: string | null; readonly now: Date },
): Planned<Resolved> {
  const { workspaceId, ticketId, actorId, resolvedAt, ask } = event;
  const surveyId = newId();
  return {
    ref: { workspaceId, ticketId },
    ...keptOfEvent({ at: resolvedAt, now, ask: ask !== false }),
    event: ({ settings }) => ({
      kind: "resolved",
      at: resolvedAt,
      actorId,
      decision: decideOnResolve({ resolvedAt, ask: ask !== false, settings, maxLatenessMs, now }),
      sample: sampleOf({ workspaceId, ticketId, percent: settings.samplePercent }),
      surveyId,
      trace,
      now,
    }),
  };
}
