import type * as z from "zod/mini";
import type { Rejected } from "../csat.ts";
import { CsatError, isCsatError } from "../errors.ts";
import type { TicketRef } from "../survey/survey.ts";
import { validate } from "./validate.ts";

/** An event together with its place in the caller's array. */
export interface Placed<Event> {
  readonly event: Event;
  readonly index: number;
}

/**
 * Sorts a batch into events that can be worked on and answers for those that cannot, so that one bad ticket stops no
 * other. `outcomes` has a place per event; the caller fills those of the accepted ones, which come in the order of
 * their time: the outcome is that of single calls in that order.
 * @throws CsatError `invalid_input` when the batch is no array
 */
export function takeEvents<Event extends TicketRef, Outcome>({
  schema,
  events,
  where,
  timeOf,
}: {
  readonly schema: z.ZodMiniType<Event>;
  readonly events: readonly Event[];
  readonly where: string;
  readonly timeOf: (event: Event) => Date;
}): { readonly outcomes: (Outcome | Rejected)[]; readonly accepted: readonly Placed<Event>[] } {
  if (!Array.isArray(events)) throw new CsatError("invalid_input", `${where}: pass an array of events.`);
  const outcomes: (Outcome | Rejected)[] = [];
  const accepted: Placed<Event>[] = [];
  for (const [index, value] of events.entries()) {
    try {
      accepted.push({ event: validate({ schema, value, where: `${where} (at index ${index})` }), index });
    } catch (error) {
      if (!isCsatError(error)) throw error;
      outcomes[index] = { ...idsOf(value), kind: "rejected", error };
    }
  }
  // Sorting is stable: events of one time stay in the order given.
  return {
    outcomes,
    accepted: accepted.toSorted((one, other) => timeOf(one.event).getTime() - timeOf(other.event).getTime()),
  };
}

/** Puts what became of the accepted events into their places. A worker's outcome is none of a host's event. */
export function fillOutcomes<Event extends TicketRef, Outcome extends TicketRef>({
  outcomes,
  accepted,
  answers,
}: {
  readonly outcomes: (Outcome | Rejected)[];
  readonly accepted: readonly Placed<Event>[];
  readonly answers: readonly (Omit<Outcome, keyof TicketRef> | { readonly kind: "lost" })[];
}): void {
  for (const [place, { event, index }] of accepted.entries()) {
    const { workspaceId, ticketId } = event;
    // What a transition answers and the two ids are an outcome of the host's.
    outcomes[index] = { workspaceId, ticketId, ...answers[place] } as unknown as Outcome;
  }
}

/** The outcome of a batch of one. @throws the error of a rejected event */
export function singleOutcome<Outcome extends { readonly kind: string }>(
  outcomes: readonly (Outcome | Rejected)[],
): Exclude<Outcome, Rejected> {
  const [outcome] = outcomes;
  if (outcome === undefined)
    throw new CsatError("storage_failed", "The storage answered nothing for one event.");
  if (isRejected(outcome)) throw outcome.error;
  // A batch of one answers one outcome, and the rejected one was thrown.
  return outcome as Exclude<Outcome, Rejected>;
}

function isRejected(outcome: { readonly kind: string } | Rejected): outcome is Rejected {
  return outcome.kind === "rejected";
}

function idsOf(value: unknown): TicketRef {
  const { workspaceId, ticketId } = Object(value) as Record<string, unknown>; // Object() of anything is an object.
  return {
    workspaceId: typeof workspaceId === "string" ? workspaceId : "",
    ticketId: typeof ticketId === "string" ? ticketId : "",
  };
}

/** A key for maps by ticket; unambiguous, since ids hold no control characters. */
export function ticketKey({ workspaceId, ticketId }: TicketRef): string {
  return `${workspaceId}\n${ticketId}`;
}
