import * as z from "zod/mini";
import type { InTransaction, Rejected, ResolveOutcome, TicketResolved } from "../csat.ts";
import { decideOnResolve, type ResolveDecision } from "../policy/decide-on-resolve.ts";
import type { StorageOperations } from "../ports/storage/storage.ts";
import type { ArmOutcome } from "../ports/storage/surveys.ts";
import { newId } from "../survey/id.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";
import type { JournalEntry, JournalReason } from "../survey/survey.ts";
import { type Placed, ticketKey, toChunks } from "./batches.ts";
import type { Context } from "./context.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { takeEvents } from "./take-events.ts";
import { eventTimeSchema, idSchema } from "./validate.ts";
import { wakeUpFor } from "./wake-up.ts";

const ticketResolvedSchema = (now: Date) =>
  z.object(
    {
      workspaceId: idSchema,
      ticketId: idSchema,
      actorId: z.nullable(idSchema),
      resolvedAt: eventTimeSchema(now),
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
  const { telemetry } = context;
  return telemetry.span("tickets_resolved", {}, async () => {
    const outcomes = await takeResolved(context, events, options);
    countOutcomes(telemetry, outcomes);
    return outcomes;
  });
}

async function takeResolved<Tx>(
  context: Context<Tx>,
  events: readonly TicketResolved[],
  options: InTransaction<Tx>,
): Promise<readonly (ResolveOutcome | Rejected)[]> {
  const now = context.clock.now();
  const { outcomes, accepted } = takeEvents<TicketResolved, ResolveOutcome>({
    schema: ticketResolvedSchema(now),
    events,
    where: "A ticket.resolved event is invalid",
  });
  const known = new Map<string, WorkspaceSettings>();
  for (const chunk of toChunks({ events: accepted, timeOf: (event) => event.resolvedAt })) {
    const work = (operations: StorageOperations) => armChunk({ context, operations, chunk, known, now });
    const answers =
      options.tx === undefined
        ? await context.storage.transaction(work)
        : await work(context.storage.within(options.tx));
    for (const [place, answer] of answers.entries()) outcomes[chunk[place]?.index ?? -1] = answer;
  }
  if (options.tx === undefined) await wakeUpFor(context, outcomes);
  return outcomes;
}

interface ChunkWork<Tx> {
  readonly context: Context<Tx>;
  readonly operations: StorageOperations;
  readonly chunk: readonly Placed<TicketResolved>[];
  /** Settings read so far in this call. */
  readonly known: Map<string, WorkspaceSettings>;
  readonly now: Date;
}

async function armChunk<Tx>({
  context,
  operations,
  chunk,
  known,
  now,
}: ChunkWork<Tx>): Promise<ResolveOutcome[]> {
  const events = chunk.map(({ event }) => event);
  await operations.resolutions.record(events);
  const decisions: ResolveDecision[] = [];
  for (const { workspaceId, resolvedAt } of events) {
    let settings = known.get(workspaceId);
    if (settings === undefined) {
      settings = (await operations.settings.get(workspaceId)) ?? defaultSettings;
      known.set(workspaceId, settings);
    }
    decisions.push(decideOnResolve({ resolvedAt, settings, maxLatenessMs: context.maxLatenessMs, now }));
  }
  const wanted = events.flatMap((event, place) => {
    const decision = decisions[place];
    if (decision?.kind !== "arm") return [];
    const { workspaceId, ticketId, resolvedAt } = event;
    return [{ workspaceId, ticketId, resolvedAt, dueAt: decision.dueAt, id: newId() }];
  });
  const armed = new Map<string, ArmOutcome>();
  if (wanted.length > 0) {
    for (const outcome of await operations.surveys.arm(wanted)) armed.set(ticketKey(outcome), outcome);
  }
  const outcomes = events.map((event, place) =>
    toOutcome({ event, decision: decisions[place], arm: armed.get(ticketKey(event)) }),
  );
  await operations.journal.append(
    events.flatMap((event, place) => toEntries({ event, outcome: outcomes[place], now })),
  );
  return outcomes;
}

function toOutcome({
  event: { workspaceId, ticketId },
  decision,
  arm,
}: {
  readonly event: TicketResolved;
  readonly decision: ResolveDecision | undefined;
  readonly arm: ArmOutcome | undefined;
}): ResolveOutcome {
  if (decision?.kind === "arm" && arm?.kind === "armed") {
    const { surveyId, generation } = arm;
    return { workspaceId, ticketId, kind: "scheduled", surveyId, generation, dueAt: decision.dueAt };
  }
  const reason =
    decision?.kind === "not_surveyed"
      ? decision.reason
      : arm === undefined || arm.kind === "armed"
        ? "already_scheduled"
        : arm.kind;
  return { workspaceId, ticketId, kind: "not_surveyed", reason };
}

function toEntries({
  event: { workspaceId, ticketId, actorId, resolvedAt },
  outcome,
  now,
}: {
  readonly event: TicketResolved;
  readonly outcome: ResolveOutcome | undefined;
  readonly now: Date;
}): readonly JournalEntry[] {
  const resolved: JournalEntry = {
    workspaceId,
    ticketId,
    at: resolvedAt,
    event: "resolved",
    reason: null,
    actorId,
  };
  // Typed: a reason without words for people does not compile.
  const decided: JournalEntry & { readonly reason: JournalReason | null } =
    outcome?.kind === "not_surveyed"
      ? { workspaceId, ticketId, at: now, event: "not_scheduled", reason: outcome.reason, actorId: null }
      : { workspaceId, ticketId, at: now, event: "scheduled", reason: null, actorId: null };
  return [resolved, decided];
}
