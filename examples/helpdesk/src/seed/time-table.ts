import type { TicketStatus } from "../tickets.ts";
import type { Fate } from "./fates.ts";
import type { SeededTicket } from "./seeded-ticket.ts";

/** A ticket changes its status. */
export interface Move {
  readonly agoMs: number;
  readonly ticket: SeededTicket;
  readonly to: TicketStatus;
  /** Who resolved it; null for an automation, and for moves that are none of anybody. */
  readonly actorId: string | null;
}

/** A customer answers. */
export interface PlannedAnswer {
  readonly agoMs: number;
  readonly ticket: SeededTicket;
  readonly token: string;
  readonly answer: NonNullable<Fate["answer"]>;
}

/** What happens in which slot. Slot 0 is the last one; a slot ends `slot * slotMs` before the end of the history. */
export interface TimeTable {
  readonly slotMs: number;
  readonly slots: number;
  readonly moves: Slots<Move>;
  readonly answers: Slots<PlannedAnswer>;
  /** True where a mail may be due. */
  hasMails(slot: number): boolean;
}

interface Slots<Entry> {
  /** Leaves out what would be after the end. */
  add(entry: Entry): void;
  /** Earliest first. */
  of(slot: number): readonly Entry[];
}

const hourMs = 3_600_000;
// Each costs a few statements, whatever happens in it.
const mostSlots = 180;

/** Divides the time of these tickets into hours, or longer where there would be too many. */
export function timeTable({
  tickets,
  delayMs,
}: {
  readonly tickets: readonly SeededTicket[];
  readonly delayMs: number;
}): TimeTable {
  const plan = tickets.flatMap((ticket) => movesOf(ticket));
  const longestMs = Math.max(0, ...plan.map(({ agoMs }) => agoMs));
  const slotMs = Math.max(hourMs, Math.ceil(longestMs / mostSlots));
  const moves = slotsOf<Move>(slotMs);
  const mails = new Set<number>();
  for (const move of plan) {
    moves.add(move);
    if (move.to === "resolved") mails.add(Math.floor(Math.max(0, move.agoMs - delayMs) / slotMs));
  }
  return {
    slotMs,
    slots: Math.floor(longestMs / slotMs) + 1,
    moves,
    answers: slotsOf(slotMs),
    hasMails: (slot) => mails.has(slot),
  };
}

function movesOf(ticket: SeededTicket): readonly Move[] {
  const { actorId, resolvedAgoMs, earlier, closedAgoMs } = ticket.fate;
  const moves: Move[] = [{ agoMs: resolvedAgoMs, ticket, to: "resolved", actorId }];
  if (earlier !== null) {
    moves.push({ agoMs: earlier.resolvedAgoMs, ticket, to: "resolved", actorId: earlier.actorId });
    moves.push({ agoMs: earlier.leftAgoMs, ticket, to: "open", actorId: null });
  }
  if (closedAgoMs !== null) moves.push({ agoMs: closedAgoMs, ticket, to: "closed", actorId: null });
  return moves;
}

function slotsOf<Entry extends { readonly agoMs: number }>(slotMs: number): Slots<Entry> {
  const entries = new Map<number, Entry[]>();
  return {
    add: (entry) => {
      if (entry.agoMs < 0) return;
      const slot = Math.floor(entry.agoMs / slotMs);
      const others = entries.get(slot) ?? [];
      others.push(entry);
      entries.set(slot, others);
    },
    of: (slot) => (entries.get(slot) ?? []).toSorted((one, other) => other.agoMs - one.agoMs),
  };
}
