import { toldNo } from "../transition/not-sent.ts";
import { firstArmed, nothingKnown, type TicketState } from "../transition/ticket-state.ts";
import type { Recorded } from "./recorded.ts";
import type { Seen } from "./seen.ts";
import { isUsedUp, isWaiting, newTicket, type SimulatedTicket } from "./simulated-ticket.ts";

/** The tickets that a dry run holds whole. */
export interface TicketShelf {
  /** Null for one that is not held. */
  find(id: string): SimulatedTicket | null;
  /** With what is remembered of one that is not held. */
  take(id: string): SimulatedTicket;
  /** Puts back what may be over: what nothing waits for is held a while, or remembered only. */
  putBack(ticket: SimulatedTicket): void;
}

// Some 2 MB. Of a ticket that is resolved again behind as many others it is remembered whether its survey was used up,
// whether it is left out, and which no was told of it.
const mostEnded = 2_000;

/** An empty one. */
export function ticketShelf(seen: Seen): TicketShelf {
  const busy = new Map<string, SimulatedTicket>();
  const ended = new Map<string, SimulatedTicket>();

  function take(id: string): SimulatedTicket {
    const ticket = busy.get(id) ?? ended.get(id) ?? newTicket(id, remembered(seen, id));
    ended.delete(id);
    busy.set(id, ticket);
    return ticket;
  }

  return {
    find: (id) => busy.get(id) ?? ended.get(id) ?? null,
    take,
    putBack(ticket) {
      if (ticket.queued > 0 || isWaiting(ticket)) return;
      const { id, state } = ticket;
      busy.delete(id);
      if (isUsedUp(state.survey)) {
        seen.mark(id, "used_up");
        return;
      }
      ended.set(id, ticket);
      const [oldest] = ended.keys();
      if (ended.size > mostEnded && oldest !== undefined) ended.delete(oldest);
    },
  };
}

function remembered(seen: Seen, id: string): TicketState {
  const isLeftOut = seen.has(id, "left_out");
  const no = seen.noUntil(id);
  const recent = no === null ? [] : [toldNo("asked_recently", no)];
  return { ...(seen.has(id, "used_up") ? usedUp : nothingKnown), isLeftOut, recent };
}

const longAgo = new Date(0);

/** A ticket whose one survey went out; when, nobody asks any more. */
const usedUp: TicketState = {
  ...nothingKnown,
  survey: {
    ...firstArmed({ id: "", resolvedAt: longAgo, dueAt: longAgo, trace: null, now: longAgo }),
    status: "sent",
    sentAt: longAgo,
    mayHaveReached: true,
  },
};

/** What happened before this run began to read, as far as the record's answer to a resolution tells: that was told at `now`. */
export function rememberBefore(
  ticket: SimulatedTicket,
  { line, now }: { readonly line: Recorded; readonly now: Date },
): void {
  const at = now.getTime();
  const { state, saidNo, hasArmed, hasChoice } = ticket;
  const reason = saidNo.find((no) => no.at === at)?.reason;
  ticket.saidNo = saidNo.filter((no) => no.at > at);
  if (reason === "already_surveyed" && state.survey === null && !hasArmed)
    ticket.state = { ...usedUp, isLeftOut: state.isLeftOut };
  const isByHand = reason === "left_out" && line.facts?.ask !== false;
  if (isByHand && !hasChoice) ticket.state = { ...state, isLeftOut: true };
}
