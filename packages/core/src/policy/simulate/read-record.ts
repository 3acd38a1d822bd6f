import { customerIn, toldAt } from "./events-in.ts";
import type { Recorded } from "./recorded.ts";
import type { Seen } from "./seen.ts";
import { decisionIn, type SimulatedTicket } from "./simulated-ticket.ts";
import type { TicketShelf } from "./ticket-shelf.ts";

/** What a line makes happen at its time. `recorded`: as it was, since it belongs to a survey that was armed before the range. */
export type RecordEntry =
  | { readonly kind: "told"; readonly ticket: SimulatedTicket; readonly line: Recorded }
  | { readonly kind: "recorded"; readonly line: Recorded };

/** Where a reader puts what it reads. */
export interface RecordReading {
  readonly shelf: TicketShelf;
  readonly seen: Seen;
  /** What was told before is taken as it was. */
  readonly from: Date;
  readonly later: (at: number, entry: RecordEntry) => void;
  /** A ticket that waits for the record is decided on at that time. */
  readonly goOn: (ticket: SimulatedTicket, at: number) => void;
}

/** Reads line by line, ahead of the dry run. */
export function recordReader({ shelf, seen, from, later, goOn }: RecordReading): (line: Recorded) => void {
  /** Tickets whose survey was armed before the range and is not over in the record: nothing of it is decided again. With their latest resolution. */
  const openBefore = new Map<string, Recorded | null>();
  let count = 0;

  function asItWas(line: Recorded, isBefore: boolean): void {
    const { event, ticketId, at } = line;
    if (event === "scheduled") openBefore.set(ticketId, null);
    else if (event === "resolved" && openBefore.has(ticketId)) openBefore.set(ticketId, line);
    else if (ends.has(event)) openBefore.delete(ticketId);
    if (isBefore) applyRecord(line, seen);
    else if (happens.has(event)) later(at.getTime(), { kind: "recorded", line });
  }

  function told(line: Recorded): void {
    const ticket = shelf.take(line.ticketId);
    later(toldAt(line), { kind: "told", ticket, line });
  }

  function decided(line: Recorded): void {
    const ticket = shelf.take(line.ticketId);
    const { isForLinks = false } = line.facts ?? {};
    if (isForLinks) {
      later(line.at.getTime(), { kind: "told", ticket, line });
      ticket.linksAt = line.at.getTime();
    } else if (line.reason !== "links_issued" && ticket.linksAt !== line.at.getTime()) {
      ticket.ahead.push(decisionIn(line, count));
      ticket.expectedBy = Math.max(ticket.expectedBy, expectedBehind(line));
      if (ticket.isHeld) {
        ticket.isHeld = false;
        goOn(ticket, line.at.getTime());
      }
    }
    // A no to links ends nothing that waits.
    if (ends.has(line.event) && (line.event === "sent" || ticket.linksAt !== line.at.getTime()))
      ticket.isOpen = false;
    shelf.putBack(ticket);
  }

  return (line) => {
    count += 1;
    const { event, reason, ticketId, facts } = line;
    const isBefore = toldAt(line) < from.getTime();
    const goesOn = event === "scheduled" && (reason === "resolved_again" || reason === "retry_failed");
    const isUnseen = goesOn && shelf.find(ticketId) === null && !seen.has(ticketId, "told_of");
    if (!isBefore && event === "scheduled" && !goesOn && openBefore.has(ticketId)) {
      // What waited has ended in silence: a no was told before.
      const resolution = openBefore.get(ticketId);
      openBefore.delete(ticketId);
      if (resolution) told(resolution);
    }
    if (isBefore || openBefore.has(ticketId) || isUnseen) {
      asItWas(line, isBefore);
      return;
    }
    switch (event) {
      case "resolved": {
        told(line);
        if (facts?.isForLinks) shelf.take(ticketId).linksAt = toldAt(line);
        return;
      }
      case "left":
      case "left_out":
      case "let_in":
      case "bounced":
        told(line);
        return;
      case "answered": {
        told(line);
        shelf.take(ticketId).isOpen = false;
        return;
      }
      case "scheduled":
      case "not_scheduled": {
        const ticket = shelf.take(ticketId);
        if (event === "scheduled") {
          ticket.isOpen = true;
          ticket.hasArmed = true;
          ticket.expectedBy = expectedBehind(line);
        }
        if (reason === "already_surveyed" || reason === "left_out")
          ticket.saidNo = [...ticket.saidNo, { at: line.at.getTime(), reason }];
        // A resolution that was told before has no line but this one.
        if (facts !== null || reason === "retry_failed") told(line);
        shelf.putBack(ticket);
        return;
      }
      case "canceled": {
        const ticket = shelf.take(ticketId);
        ticket.isOpen = false;
        shelf.putBack(ticket);
        return;
      }
      case "erased":
        seen.mark(ticketId, "used_up");
        return;
      default:
        if (facts !== null || decisions.has(event)) decided(line);
    }
  };
}

/** After these the record has no survey that waits. */
const ends: ReadonlySet<Recorded["event"]> = new Set([
  "canceled",
  "skipped",
  "gave_up",
  "sent",
  "answered",
  "erased",
]);

const decisions: ReadonlySet<Recorded["event"]> = new Set([
  "skipped",
  "deferred",
  "mail_failed",
  "gave_up",
  "sent",
]);

/** Of a survey that is taken as it was, what changes anything for others. */
const happens: ReadonlySet<Recorded["event"]> = new Set([
  "resolved",
  "skipped",
  "mail_failed",
  "gave_up",
  "sent",
  "answered",
  "bounced",
]);

/** The longest delay of a survey, and the longest pause between two attempts; with an hour for a worker that is late. */
const longestWaitMs = { scheduled: 73 * 3_600_000, other: 7 * 3_600_000 };

/** Until when the record says how it went on behind this line, unless it has nothing new to say. */
function expectedBehind({ event, at, eligibleAt }: Recorded): number {
  if (event === "deferred" && eligibleAt !== null) return eligibleAt.getTime() + longestWaitMs.other;
  return at.getTime() + (event === "scheduled" ? longestWaitMs.scheduled : longestWaitMs.other);
}

/** What a line of a survey that is not decided again says of tickets and customers. */
export function applyRecord(line: Recorded, seen: Seen): void {
  const { event, reason, ticketId, at, eligibleAt, facts } = line;
  const key = customerIn(line);
  switch (event) {
    case "resolved":
      // Links were asked for: whose they are stands with the first line of that.
      if (key !== null) seen.belongs(ticketId, key);
      return;
    case "sent":
      seen.askedByRecord(ticketId, key, at);
      return;
    case "mail_failed":
      if (facts?.attempt === "may_have_arrived") seen.askedByRecord(ticketId, key, at);
      return;
    case "gave_up":
      if (reason === "indeterminate") seen.mark(ticketId, "used_up");
      return;
    case "skipped":
      if (eligibleAt !== null) seen.toldNo(ticketId, eligibleAt);
      return;
    case "answered":
      seen.answered(ticketId, key, at);
      return;
    case "bounced":
      seen.cameBack(ticketId);
      return;
    case "left_out":
      seen.mark(ticketId, "left_out");
      return;
    case "let_in":
      seen.unmark(ticketId, "left_out");
      return;
    default:
      return;
  }
}
