import { compareText } from "../survey/compare-text.ts";
import type { TicketRef } from "../survey/survey.ts";

// Rows per statement; the statements of a bulk call grow with tickets / this.
const chunkSize = 1_000;

/** An event together with its place in the caller's array. */
export interface Placed<Event> {
  readonly event: Event;
  readonly index: number;
}

/**
 * Divides events into chunks that a storage takes: at most 1,000, one per ticket, sorted by workspace and ticket in
 * code-point order, so that concurrent bulk calls lock rows in one order. A ticket's second event goes into a later
 * chunk than its first, by `timeOf`: the outcome is that of single calls in the order of time.
 */
export function toChunks<Event extends TicketRef>({
  events,
  timeOf,
}: {
  readonly events: readonly Placed<Event>[];
  readonly timeOf: (event: Event) => Date;
}): readonly (readonly Placed<Event>[])[] {
  const sorted = events.toSorted(
    (one, other) =>
      compareText(one.event.workspaceId, other.event.workspaceId) ||
      compareText(one.event.ticketId, other.event.ticketId) ||
      timeOf(one.event).getTime() - timeOf(other.event).getTime() ||
      one.index - other.index,
  );
  const rounds: Placed<Event>[][] = [];
  let round = 0;
  let before: TicketRef | null = null;
  for (const placed of sorted) {
    round = before !== null && isSameTicket(before, placed.event) ? round + 1 : 0;
    before = placed.event;
    const members = rounds[round] ?? [];
    members.push(placed);
    rounds[round] = members;
  }
  return rounds.flatMap((members) =>
    Array.from({ length: Math.ceil(members.length / chunkSize) }, (_, chunk) =>
      members.slice(chunk * chunkSize, (chunk + 1) * chunkSize),
    ),
  );
}

/** A key for maps by ticket; unambiguous, since ids hold no control characters. */
export function ticketKey({ workspaceId, ticketId }: TicketRef): string {
  return `${workspaceId}\n${ticketId}`;
}

function isSameTicket(one: TicketRef, other: TicketRef): boolean {
  return one.workspaceId === other.workspaceId && one.ticketId === other.ticketId;
}
