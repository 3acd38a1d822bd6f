import * as z from "zod/mini";
import type { InTransaction, LeaveOutcome, Rejected, TicketLeft } from "../csat.ts";
import type { StorageOperations } from "../ports/storage/storage.ts";
import type { LeaveResult } from "../ports/storage/surveys.ts";
import type { JournalEntry, JournalReason } from "../survey/survey.ts";
import { type Placed, ticketKey, toChunks } from "./batches.ts";
import type { Context } from "./context.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { takeEvents } from "./take-events.ts";
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
  const { telemetry } = context;
  return telemetry.span("tickets_left", {}, async () => {
    const outcomes = await takeLeft(context, events, options);
    countOutcomes(telemetry, outcomes);
    return outcomes;
  });
}

async function takeLeft<Tx>(
  context: Context<Tx>,
  events: readonly TicketLeft[],
  options: InTransaction<Tx>,
): Promise<readonly (LeaveOutcome | Rejected)[]> {
  const now = context.clock.now();
  const { outcomes, accepted } = takeEvents<TicketLeft, LeaveOutcome>({
    schema: ticketLeftSchema(now),
    events,
    where: "A ticket-left event is invalid",
  });
  for (const chunk of toChunks({ events: accepted, timeOf: (event) => event.at })) {
    const work = (operations: StorageOperations) => leaveChunk({ operations, chunk, now });
    const answers =
      options.tx === undefined
        ? await context.storage.transaction(work)
        : await work(context.storage.within(options.tx));
    for (const [place, answer] of answers.entries()) outcomes[chunk[place]?.index ?? -1] = answer;
  }
  if (options.tx === undefined) await wakeUpFor(context, outcomes);
  return outcomes;
}

async function leaveChunk({
  operations,
  chunk,
  now,
}: {
  readonly operations: StorageOperations;
  readonly chunk: readonly Placed<TicketLeft>[];
  readonly now: Date;
}): Promise<LeaveOutcome[]> {
  const events = chunk.map(({ event }) => event);
  const results = new Map<string, LeaveResult>();
  for (const result of await operations.surveys.leave(events)) results.set(ticketKey(result), result);
  const outcomes = events.map(
    ({ workspaceId, ticketId }): LeaveOutcome =>
      results.get(ticketKey({ workspaceId, ticketId })) ?? { workspaceId, ticketId, kind: "nothing_pending" },
  );
  await operations.journal.append(
    events.flatMap((event, place) => toEntries({ event, outcome: outcomes[place], now })),
  );
  return outcomes;
}

function toEntries({
  event: { workspaceId, ticketId, at, reason },
  outcome,
  now,
}: {
  readonly event: TicketLeft;
  readonly outcome: LeaveOutcome | undefined;
  readonly now: Date;
}): readonly JournalEntry[] {
  const entry = (event: JournalEntry["event"], when: Date, why: JournalReason): JournalEntry => ({
    workspaceId,
    ticketId,
    at: when,
    event,
    reason: why,
    actorId: null,
  });
  const entries = [entry("left", at, reason)];
  if (outcome?.kind === "too_late") entries.push(entry("too_late_to_cancel", now, reason));
  if (outcome?.kind === "canceled") {
    entries.push(entry("canceled", now, reason));
    if (outcome.rearmed !== undefined) entries.push(entry("scheduled", now, "resolved_again"));
  }
  return entries;
}
