import type { LeaveReason, TicketLeft, TicketResolved, TicketSnapshot } from "@csat/core";
import { count, type Tally } from "./facts.ts";
import { actorIds, anAssignee, type History, type LivingTicket, someAttributes } from "./history.ts";
import type { Random } from "./random.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What is told to the library at this moment. */
export interface Told {
  readonly resolved: TicketResolved[];
  readonly left: TicketLeft[];
  readonly erased: LivingTicket[];
}

/** Lets the helpdesk act on some tickets of a history, and says what the library hears of it. */
export function hostActs({
  history,
  now,
  tally,
}: {
  readonly history: History;
  readonly now: Date;
  readonly tally: Tally;
}): Told {
  const { random, untold } = history;
  const told: Told = { resolved: [], left: [], erased: [] };
  if (random.chance(0.5)) {
    told.resolved.push(...untold.resolved.splice(0));
    told.left.push(...untold.left.splice(0));
  }
  for (const ticket of history.tickets) {
    if (!random.chance(0.35)) continue;
    const late = random.chance(0.12) ? untold : told;
    if (late === untold) count(tally, "event told late");
    actOn({ ticket, told, late, random, now, tally });
  }
  for (const { workspaceId, ticketId, actorId, resolvedAt } of told.resolved) {
    if (actorId === null) count(tally, "resolved by nobody");
    const ticket = history.tickets.find(
      (one) => one.workspaceId === workspaceId && one.ticketId === ticketId,
    );
    ticket?.resolutions.push({ actorId, resolvedAt });
  }
  return told;
}

interface Act {
  readonly ticket: LivingTicket;
  readonly told: Told;
  readonly late: Pick<Told, "resolved" | "left">;
  readonly random: Random;
  readonly now: Date;
  readonly tally: Tally;
}

function actOn(act: Act): void {
  const { ticket, told, random, tally } = act;
  const { snapshot } = ticket;
  const kind = random.below(100);
  if (kind < 3) {
    ticket.erased = true;
    told.erased.push(ticket);
    count(tally, "erased");
  } else if (snapshot !== null && kind < 6) {
    ticket.snapshot = null;
    count(tally, "deleted in the host");
  } else if (snapshot !== null && kind < 15) {
    const attributes = random.chance(0.5) ? { attributes: someAttributes(random) } : {};
    ticket.snapshot = { ...snapshot, assignee: anAssignee(random), ...attributes };
    count(tally, "attributes" in attributes ? "told apart otherwise" : "reassigned");
    if (ticket.tokens.length > 0 && "attributes" in attributes)
      count(tally, "told apart otherwise after a mail");
  } else if (ticket.resolutions.length > 0 && kind < 30) {
    tellEarlier(act);
  } else if (snapshot !== null) {
    move({ ...act, snapshot });
  }
}

/** A resolution earlier than, or at the very time of, the first one known: it changes whose the ticket is. */
function tellEarlier({ ticket, told, random, tally }: Act): void {
  const first = Math.min(...ticket.resolutions.map(({ resolvedAt }) => resolvedAt.getTime()));
  const earlierMs = random.pick([0, 0, 1, minuteMs, 9 * dayMs]);
  told.resolved.push({ ...refOf(ticket), actorId: anActor(random), resolvedAt: new Date(first - earlierMs) });
  const answered = ticket.mailing.some(({ kind }) => kind === "answered");
  count(tally, earlierMs === 0 ? "tie of equal times" : "earlier resolution told late");
  if (answered) count(tally, "earlier or equal resolution told after the answer");
}

function move({
  ticket,
  snapshot,
  late,
  random,
  now,
  tally,
}: Act & { readonly snapshot: TicketSnapshot }): void {
  const agoMs = random.pick([0, 0, 1, random.below(30 * minuteMs), random.below(3 * dayMs), 8 * dayMs]);
  const at = new Date(now.getTime() - agoMs);
  if (snapshot.status === "resolved" && random.chance(0.3)) {
    const reason = random.pick<LeaveReason>(["reopened", "reopened", "closed", "merged"]);
    ticket.snapshot = { ...snapshot, status: reason === "reopened" ? "open" : "closed" };
    late.left.push({ ...refOf(ticket), at, reason });
    count(tally, ticket.tokens.length > 0 ? "left after a mail" : "left before a mail");
    return;
  }
  if (agoMs === 8 * dayMs) count(tally, "resolution too old");
  ticket.snapshot = { ...snapshot, status: "resolved" };
  late.resolved.push({ ...refOf(ticket), actorId: anActor(random), resolvedAt: at });
  if (random.chance(0.1)) late.resolved.push({ ...refOf(ticket), actorId: anActor(random), resolvedAt: at });
}

function anActor(random: Random): string | null {
  return random.chance(0.15) ? null : random.pick(actorIds);
}

function refOf({ workspaceId, ticketId }: LivingTicket) {
  return { workspaceId, ticketId };
}
