import type { Csat, Store } from "@csat/core";
import type { HelpdeskTransaction } from "../database.ts";
import { seedCsat } from "./seed-csat.ts";
import type { SeedResult } from "./seeded.ts";
import type { SeededTicket } from "./seeded-ticket.ts";
import { type Move, type PlannedAnswer, timeTable } from "./time-table.ts";

const reopensAfterMs = 5 * 3_600_000;

/** Lets the tickets live through their fates, slot by slot, by the library's own calls. No worker may be at work meanwhile. */
export async function liveFates({
  storage,
  tickets,
  publicUrl,
  delayMs,
  now,
}: {
  readonly storage: Store<HelpdeskTransaction>;
  readonly tickets: readonly SeededTicket[];
  readonly publicUrl: string;
  /** From a resolution to its mail. */
  readonly delayMs: number;
  readonly now: Date;
}): Promise<SeedResult> {
  const table = timeTable({ tickets, delayMs });
  const ratings = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  let sent = 0;
  let agoMs = 0;
  const timeOf = (ago: number) => new Date(now.getTime() - ago);
  const csat = seedCsat({
    storage,
    tickets,
    publicUrl,
    clock: { now: () => timeOf(agoMs) },
    mailed: (ticket, token) => {
      sent += 1;
      const { answer } = ticket.fate;
      if (answer !== null) table.answers.add({ agoMs: agoMs - answer.afterMs, ticket, token, answer });
    },
  });

  async function respond({ ticket, token, answer, agoMs: respondedAgoMs }: PlannedAnswer): Promise<void> {
    agoMs = respondedAgoMs;
    const { rating } = await csat.submitResponse({ token, rating: answer.rating, comment: answer.comment });
    ratings[rating] += 1;
    if (answer.reopens) {
      table.moves.add({ agoMs: respondedAgoMs - reopensAfterMs, ticket, to: "open", actorId: null });
    }
  }

  for (let slot = table.slots - 1; slot >= 0; slot--) {
    for (const planned of table.answers.of(slot)) await respond(planned);
    agoMs = slot * table.slotMs;
    await tellMoves({ csat, moves: table.moves.of(slot), timeOf });
    if (table.hasMails(slot)) await csat.runDue();
  }
  const responses = Object.values(ratings).reduce((sum, count) => sum + count, 0);
  return { sent, responses, ratings };
}

/** All moves of a slot in two calls; the library orders them by their times. */
async function tellMoves({
  csat,
  moves,
  timeOf,
}: {
  readonly csat: Pick<Csat, "ticketsResolved" | "ticketsLeft">;
  readonly moves: readonly Move[];
  readonly timeOf: (agoMs: number) => Date;
}): Promise<void> {
  const resolved = [];
  const left = [];
  for (const { ticket, to, actorId, agoMs } of moves) {
    ticket.status = to;
    ticket.statusChangedAgoMs = agoMs;
    const { workspaceId, ticketId } = ticket;
    if (to === "resolved") resolved.push({ workspaceId, ticketId, actorId, resolvedAt: timeOf(agoMs) });
    else {
      const reason = to === "open" ? ("reopened" as const) : ("closed" as const);
      left.push({ workspaceId, ticketId, at: timeOf(agoMs), reason });
    }
  }
  if (resolved.length > 0) await csat.ticketsResolved(resolved);
  if (left.length > 0) await csat.ticketsLeft(left);
}
