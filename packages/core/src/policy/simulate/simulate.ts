import type { DateWindow } from "../../survey/survey.ts";
import { hasCooldown } from "../ask/cooldown.ts";
import type { SurveyState } from "../transition/ticket-state.ts";
import { decideAgain, eventOfNo, type SimulationConditions } from "./decide-again.ts";
import { eventIn } from "./events-in.ts";
import type { PolicySimulation } from "./policy-simulation.ts";
import { timeQueue } from "./queue.ts";
import { applyRecord, type RecordEntry, recordReader } from "./read-record.ts";
import type { Recorded } from "./recorded.ts";
import { nothingSeen } from "./seen.ts";
import { beginOf, gaveUpWith, sendAgain } from "./send-again.ts";
import {
  inStep,
  knownOf,
  passUntil,
  type RecordedDecision,
  type SimulatedTicket,
} from "./simulated-ticket.ts";
import { emptyTally } from "./tally.ts";
import { ticketShelf } from "./ticket-shelf.ts";
import { ticketSteps } from "./ticket-steps.ts";

/** A dry run, which takes history as it is read. */
export interface Simulation {
  /** The next lines of the history, by their time. Those before the range tell of customers who were asked already. */
  take(lines: readonly Recorded[]): void;
  /** True when no line that is yet to come can change a figure. */
  isSettled(): boolean;
  /** The figures, when all lines up to `now` were taken, or it is settled; `days` are those of the range. */
  end(now: Date, days: readonly string[]): Omit<PolicySimulation, "from" | "to">;
}

/** Events may be told of that are so far ahead of our clock. */
const mostAheadMs = 300_000;

// A rule may put off for ever, a millisecond at a time.
const mostDecisions = 500;

type Entry = RecordEntry | { readonly kind: "turn"; readonly ticket: SimulatedTicket; readonly turn: number };

/**
 * Lives the history once more, in order of time: what the host told happens as it did, and at each time at which a worker
 * would have woken, the same functions decide that decide for the worker, on the facts that were kept of the past. It
 * waits with a decision until the record has told what it needs, and holds whole only what is pending.
 */
export function simulation(conditions: SimulationConditions & { readonly window: DateWindow }): Simulation {
  const { window } = conditions;
  const queue = timeQueue<Entry>();
  const seen = nothingSeen();
  const tally = emptyTally();
  const shelf = ticketShelf(seen);
  /** Resolutions that count and have yet to be told. */
  let untold = 0;
  let position = 0;
  let turns = 0;
  let isOver = false;
  const read = recordReader({
    shelf,
    seen,
    from: window.from,
    later: (at, entry) => {
      if (entry.kind === "told") {
        entry.ticket.queued += 1;
        if (isCounted(entry.line)) untold += 1;
      }
      queue.add(at, entry);
    },
    goOn: turnAt,
  });

  const steps = ticketSteps(conditions, { seen, tally, turnAt });
  const { takeStep } = steps;
  const isCounted = (line: Recorded) => line.event === "resolved" && steps.isInRange(line.at);

  function turnAt(ticket: SimulatedTicket, at: number): void {
    turns += 1;
    ticket.turn = turns;
    ticket.queued += 1;
    queue.add(at, { kind: "turn", ticket, turn: turns });
  }

  function run(until: number): void {
    for (let first = queue.first(); first !== null && first.at <= until; first = queue.first()) {
      const { entry, at } = first;
      if (entry.kind === "turn") {
        if (!takeTurns(at)) return;
        continue;
      }
      queue.takeFirst();
      if (entry.kind === "recorded") applyRecord(entry.line, seen);
      else happen(entry, new Date(at));
    }
  }

  /** Those of one moment, in the order in which the record decided on them. False when one must wait for the record. */
  function takeTurns(at: number): boolean {
    const taken: Turn[] = [];
    for (let first = queue.first(); first?.at === at && first.entry.kind === "turn"; first = queue.first()) {
      queue.takeFirst();
      const { ticket, turn } = first.entry;
      const { survey } = ticket.state;
      ticket.queued -= 1;
      if (ticket.turn === turn && survey !== null) taken.push({ ticket, survey });
      else shelf.putBack(ticket);
    }
    for (const { ticket } of taken) passUntil(ticket, at);
    const canGoOn = taken.every(({ ticket }) => isDecidable(ticket, at));
    if (!canGoOn) {
      for (const { ticket } of taken) turnAt(ticket, at);
      return false;
    }
    const numberOf = ({ ticket: { ahead } }: Turn) => ahead[0]?.number ?? Infinity;
    const inOrder = taken.toSorted((one, other) => (numberOf(one) < numberOf(other) ? -1 : 1));
    let isWaitingForRecord = false;
    for (const turn of inOrder) {
      const { ticket } = turn;
      if (decide(turn, new Date(at))) shelf.putBack(ticket);
      else {
        ticket.needsEnd = true;
        turnAt(ticket, at);
        isWaitingForRecord = true;
      }
    }
    return !isWaitingForRecord;
  }

  function isDecidable(ticket: SimulatedTicket, at: number): boolean {
    if (isRecordOver(ticket)) return true;
    return !ticket.needsEnd && inStep(ticket, at) !== null;
  }

  /** True when nothing more will be recorded of what it has pending. */
  function isRecordOver({ isOpen, expectedBy }: SimulatedTicket): boolean {
    return isOver || !isOpen || position > expectedBy;
  }

  /** False when the record has yet to tell what became of the mail. */
  function decide({ ticket, survey }: Turn, now: Date): boolean {
    const step = inStep(ticket, now.getTime());
    if (step !== null && isHeldUp(step, ticket)) {
      ticket.ahead.shift();
      hold(ticket, now);
      return true;
    }
    ticket.decisions += 1;
    const key = knownOf(ticket)?.customer?.key ?? null;
    const customerOf = (one: string) => seen.customer(one, ticket.id);
    const decision =
      ticket.decisions > mostDecisions
        ? ({ kind: "unknown" } as const)
        : decideAgain(conditions, { ticket, survey, customerOf, now });
    if (decision.kind === "unknown" && ticket.isOpen && ticket.decisions <= mostDecisions) {
      // The record has yet to decide as well.
      ticket.isHeld = true;
      return true;
    }
    if (decision.kind === "unknown") {
      steps.endUnknown(ticket, survey, now);
      return true;
    }
    if (decision.kind !== "yes") {
      takeStep(ticket, eventOfNo(decision, { survey, now }));
      return true;
    }
    const mail = sendAgain(ticket, { survey, now, isOver: isRecordOver(ticket) });
    if (mail === null) return false;
    ticket.customer = key;
    takeStep(ticket, beginOf(survey, { customer: hasCooldown(conditions.settings) ? key : null, now }));
    if (!mail.isTriedAgain) takeStep(ticket, mail.end);
    else {
      ticket.ahead.shift();
      takeStep(ticket, mail.end);
      hold(ticket, now);
    }
    return true;
  }

  /** By something that is none of the policy's business: the host, its transaction, an outage. */
  function isHeldUp(step: RecordedDecision, ticket: SimulatedTicket): boolean {
    const { event, attempt, reason } = step;
    const isPutOff = event === "mail_failed" && attempt === null && reason !== "rule_failed";
    return isPutOff && gaveUpWith(step, ticket) === null;
  }

  function hold(ticket: SimulatedTicket, now: Date): void {
    ticket.turn = 0;
    const [next] = ticket.ahead;
    if (next === undefined) ticket.isHeld = true;
    else turnAt(ticket, Math.max(next.at, now.getTime()));
  }

  function happen({ ticket, line }: Extract<Entry, { kind: "told" }>, now: Date): void {
    ticket.queued -= 1;
    if (isCounted(line)) untold -= 1;
    const customerOf = (key: string) => seen.customer(key, ticket.id);
    const actorId = ticket.state.firstResolution?.actorId ?? null;
    const event = eventIn(line, { conditions, actorId, customerOf, now });
    if (event !== null) steps.happen(ticket, { event, line, now });
    shelf.putBack(ticket);
  }

  return {
    take(lines) {
      for (const line of lines) {
        read(line);
        position = line.at.getTime();
      }
      run(position - mostAheadMs);
    },
    isSettled: () =>
      position - mostAheadMs >= window.until.getTime() && steps.waiting.size === 0 && untold === 0,
    end(now, days) {
      isOver = true;
      run(now.getTime());
      const { asked, again } = seen.counts();
      const { daily, ...sums } = tally.figures(days);
      return {
        ...sums,
        waiting: steps.waiting.size,
        customersAsked: asked,
        customersAskedAgain: again,
        daily,
      };
    },
  };
}

/** A survey that is decided on. */
interface Turn {
  readonly ticket: SimulatedTicket;
  readonly survey: SurveyState;
}
