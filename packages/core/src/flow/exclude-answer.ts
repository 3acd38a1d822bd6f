import * as z from "zod/mini";
import type { ExcludeOutcome, RestoreOutcome } from "../by-admins.ts";
import type { Actor, InTransaction } from "../in-transaction.ts";
import type { Excluded, OnExcluded, Restored } from "../policy/transition/excluded.ts";
import type { EventFacts } from "../ports/webhook-transport.ts";
import { type ExclusionReason, exclusionReasons } from "../survey/exclusion-reason.ts";
import { newId } from "../survey/id.ts";
import type { TicketRef } from "../survey/survey.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { eventRaised } from "./event-document.ts";
import { tellChange } from "./tell-change.ts";
import type { Beside } from "./ticket-change.ts";
import { actorShape, ticketRefSchema, validate } from "./validate.ts";
import { wakeUpForEvent } from "./wake-up.ts";

const reasonSchema = z.enum([...exclusionReasons], `must be one of ${exclusionReasons.join(", ")}`);
const excludedBySchema = z.object(
  { ...actorShape, reason: reasonSchema },
  "must say who and why by { actorId, reason }",
);
const restoredBySchema = z.object(actorShape, "must say who by { actorId }");

/** An answer, and who says what about it. */
export interface MarkedAnswer<Tx, By extends Actor> {
  readonly ref: TicketRef;
  readonly by: By;
  readonly options?: InTransaction<Tx> | undefined;
}

/** The answer counts no more, and its event says so: both or neither. @throws CsatError `invalid_input`, `storage_failed` */
export async function excludeAnswer<Tx>(
  context: Context<Tx>,
  { ref, by, options }: MarkedAnswer<Tx, Actor & { readonly reason: ExclusionReason }>,
): Promise<ExcludeOutcome> {
  const where = "No answer was excluded";
  const ticket = validate({ schema: ticketRefSchema, value: ref, where });
  const { actorId, reason } = validate({ schema: excludedBySchema, value: by, where });
  const now = context.clock.now();
  return mark(context, "excluded", ticket, { kind: "excluded", reason, actorId, now }, options);
}

/** The answer counts again, and its event says so: both or neither. @throws CsatError `invalid_input`, `storage_failed` */
export async function restoreAnswer<Tx>(
  context: Context<Tx>,
  { ref, by, options }: MarkedAnswer<Tx, Actor>,
): Promise<RestoreOutcome> {
  const where = "No answer was restored";
  const ticket = validate({ schema: ticketRefSchema, value: ref, where });
  const { actorId } = validate({ schema: restoredBySchema, value: by, where });
  return mark(context, "restored", ticket, { kind: "restored", actorId, now: context.clock.now() }, options);
}

async function mark<Tx, Done extends "excluded" | "restored">(
  context: Context<Tx>,
  done: Done,
  { workspaceId, ticketId }: TicketRef,
  event: (Excluded | Restored) & { readonly kind: Done },
  { tx }: InTransaction<Tx> = {},
): Promise<TicketRef & { readonly kind: Done | "nothing_to_do" | "not_answered" }> {
  const { now, actorId } = event;
  const eventId = context.webhooks === null ? null : newId();
  const ref = { workspaceId, ticketId };
  const beside = (outcome: OnExcluded): Beside =>
    eventId === null || !("answer" in outcome)
      ? {}
      : { heads: [eventRaised({ workspaceId, id: eventId, facts: factsOf(ticketId, outcome, now), now })] };
  const [changed] = await changeTickets<Tx, Excluded | Restored>({
    store: context.storage,
    now,
    tx,
    plans: [{ ref, event: () => event, beside }],
  });
  // A host's call holds no lease that could be lost.
  const outcome = changed?.outcome as OnExcluded;
  if (!("answer" in outcome)) return { ...ref, kind: outcome.kind };
  // Inside the host's transaction nobody is told: it may be rolled back.
  if (tx !== undefined) return { ...ref, kind: done };
  // Not awaited: it is stored, and the sweep finds what a slow queue loses.
  if (eventId !== null) void wakeUpForEvent(context, { workspaceId, eventId, attempt: 0, runAt: now });
  const { reason } = outcome.exclusion;
  await tellChange(context, {
    ...(outcome.kind === "excluded"
      ? { kind: "answer_excluded", before: null, after: reason }
      : { kind: "answer_restored", before: reason, after: null }),
    ...ref,
    actorId,
    at: now,
  });
  return { ...ref, kind: done };
}

function factsOf(
  ticketId: string,
  { kind, answer, exclusion }: Extract<OnExcluded, { readonly answer: unknown }>,
  now: Date,
): EventFacts {
  const about = { ticketId, rating: answer.rating, respondedAt: answer.respondedAt.toISOString() };
  const at = now.toISOString();
  return kind === "excluded"
    ? { type: "ticket.csat_excluded", data: { ...about, reason: exclusion.reason, excludedAt: at } }
    : { type: "ticket.csat_restored", data: { ...about, restoredAt: at } };
}
