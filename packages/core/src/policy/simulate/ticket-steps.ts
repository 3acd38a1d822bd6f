import type { DateWindow } from "../../survey/survey.ts";
import { hasCooldown } from "../ask/cooldown.ts";
import { customerAfter } from "../ask/customer-state.ts";
import { atRest, type SurveyState, type TicketState } from "../transition/ticket-state.ts";
import { type TicketEvent, transition } from "../transition/transition.ts";
import type { SimulationConditions } from "./decide-again.ts";
import { customerIn, resolutionOf, resolvedIn } from "./events-in.ts";
import type { Recorded } from "./recorded.ts";
import type { Seen } from "./seen.ts";
import { isWaiting, type SimulatedTicket } from "./simulated-ticket.ts";
import type { Tally } from "./tally.ts";
import { rememberBefore } from "./ticket-shelf.ts";

/** What events make of tickets and customers in a dry run, and of its figures. */
export interface TicketSteps {
  /** Of the range that is counted: tickets whose survey waits. */
  readonly waiting: ReadonlySet<string>;
  isInRange(at: Date): boolean;
  /** Something from outside, which this line tells of. */
  happen(
    ticket: SimulatedTicket,
    told: { readonly event: TicketEvent; readonly line: Recorded; readonly now: Date },
  ): void;
  takeStep(ticket: SimulatedTicket, event: TicketEvent): void;
  /** Ends a survey on which nothing can be decided. */
  endUnknown(ticket: SimulatedTicket, survey: SurveyState, now: Date): void;
}

/** `turnAt` is told when a survey's turn comes. */
export function ticketSteps(
  { settings, window }: SimulationConditions & { readonly window: DateWindow },
  {
    seen,
    tally,
    turnAt,
  }: {
    readonly seen: Seen;
    readonly tally: Tally;
    readonly turnAt: (ticket: SimulatedTicket, at: number) => void;
  },
): TicketSteps {
  const waiting = new Set<string>();
  const isInRange = (at: Date) => window.from <= at && at < window.until;

  function resolve(
    ticket: SimulatedTicket,
    { line, at, now }: { readonly line: Recorded; readonly at: Date; readonly now: Date },
  ): void {
    if (seen.mark(ticket.id, "told_of") || ticket.saidNo.length > 0) rememberBefore(ticket, { line, now });
    if (isInRange(at) && seen.mark(ticket.id, "resolved")) tally.resolved(at);
  }

  /** An answer to a mail that would not have gone out would not have come; what the host was told comes anyway. */
  function answer(ticket: SimulatedTicket, { event, line }: { event: Answer; line: Recorded }): void {
    const { survey } = ticket.state;
    const isMailed = survey?.mayHaveReached === true || survey?.sendBegunAt != null;
    if (event.kind === "answered" && !isMailed && seen.has(ticket.id, "told_of")) return;
    takeStep(ticket, event);
    if (hasCooldown(settings)) seen.answered(ticket.id, customerIn(line), event.at);
  }

  function takeStep(ticket: SimulatedTicket, event: TicketEvent): void {
    const before = ticket.state;
    const { state, journal } = transition(before, event);
    const key = state.survey?.customer ?? before.survey?.customer ?? null;
    if (key !== null) {
      const customer = seen.customer(key, ticket.id);
      const step = { key, ticketId: ticket.id, before, after: state };
      seen.keepCustomer(key, ticket.id, customerAfter(customer, step));
    }
    if (event.kind === "begun" && ticket.customer !== null) seen.belongs(ticket.id, ticket.customer);
    const resolvedAt = resolutionOf(event, before.survey) ?? (before.survey ?? state.survey)?.resolvedAt;
    if (resolvedAt !== undefined && isInRange(resolvedAt)) {
      tally.told(journal);
      const isSent = journal.some((line) => line.event === "sent");
      if (isSent && ticket.customer !== null) seen.countAsked(ticket.customer);
    }
    if (event.kind === "skipped" && event.eligibleAt !== null) seen.toldNo(ticket.id, event.eligibleAt);
    becomes(ticket, state);
  }

  function becomes(ticket: SimulatedTicket, state: TicketState): void {
    const { survey: was, isLeftOut } = ticket.state;
    ticket.state = state;
    if (state.isLeftOut !== isLeftOut) seen[state.isLeftOut ? "mark" : "unmark"](ticket.id, "left_out");
    const is = state.survey;
    if (was === is) return;
    ticket.isHeld = false;
    if (is === null || !isWaiting(ticket)) {
      ticket.turn = 0;
      waiting.delete(ticket.id);
      return;
    }
    ticket.needsEnd = false;
    if (isInRange(is.resolvedAt)) waiting.add(ticket.id);
    const isSame = was?.status === "scheduled" && was.generation === is.generation;
    if (!isSame) ticket.decisions = 0;
    if (!isSame || was.dueAt.getTime() !== is.dueAt.getTime()) turnAt(ticket, is.dueAt.getTime());
  }

  return {
    waiting,
    isInRange,
    takeStep,
    happen(ticket, { event, line, now }) {
      if (event.kind === "answered" || event.kind === "answered_elsewhere") {
        answer(ticket, { event, line });
        return;
      }
      // Of a ticket that nothing is pending of, too.
      if (event.kind === "reported") seen.cameBack(ticket.id);
      if (event.kind === "resolved") resolve(ticket, { line, at: resolvedIn(line), now });
      if (event.kind === "left_out" || event.kind === "let_in") ticket.hasChoice = true;
      if (event.kind === "issued") {
        ticket.customer = customerIn(line);
        if (event.resolution !== null) resolve(ticket, { line, at: event.resolution.at, now });
      }
      takeStep(ticket, event);
    },
    endUnknown(ticket, survey, now) {
      if (isInRange(survey.resolvedAt)) tally.unknown(now);
      becomes(ticket, { ...ticket.state, survey: { ...atRest(survey), status: "skipped" } });
    },
  };
}

type Answer = Extract<TicketEvent, { kind: `answered${string}` }>;
