import { whyNeverOrByRules } from "../ask/ask.ts";
import { hasCooldown } from "../ask/cooldown.ts";
import type { CustomerState } from "../ask/customer-state.ts";
import { isInSample } from "../ask/in-sample.ts";
import { decideOnResolve } from "../decide-on-resolve.ts";
import type { Issued } from "../transition/issued.ts";
import type { Recipient, SurveyState, TicketState } from "../transition/ticket-state.ts";
import type { TicketEvent } from "../transition/transition.ts";
import { rulesOn, type SimulationConditions } from "./decide-again.ts";
import { type Recorded, type RecordedFacts, requesterLike } from "./recorded.ts";

/** When the host told of it, in milliseconds since 1970. Lines of events stand at the time at which those happened. */
export function toldAt(line: Recorded): number {
  const { event, at } = line;
  const isOfHost = event === "resolved" || event === "left" || event === "answered";
  return at.getTime() + (isOfHost ? lateMsOf(line) : 0);
}

function lateMsOf({ facts }: Recorded): number {
  return facts?.lateMs ?? 0;
}

/** Whose line it is; null where it does not say, or nobody knows. */
export function customerIn({ facts }: Recorded): string | null {
  return facts?.customer?.key ?? null;
}

/** When the ticket was resolved that this line tells of, itself or by the decision on a resolution that was told before. */
export function resolvedIn(line: Recorded): Date {
  const { event, at } = line;
  return event === "resolved" ? at : new Date(at.getTime() - lateMsOf(line));
}

/** What happened to a ticket from outside, as it would happen under these conditions; null for a line that follows from others. */
export function eventIn(
  line: Recorded,
  {
    conditions,
    actorId,
    customerOf,
    now,
  }: {
    readonly conditions: SimulationConditions;
    /** Who resolved it, where the line does not say. */
    readonly actorId: string | null;
    readonly customerOf: (key: string) => CustomerState;
    readonly now: Date;
  },
): TicketEvent | null {
  const { event, reason, facts, ticketId } = line;
  const { workspaceId, settings, maxLatenessMs } = conditions;
  if (facts?.isForLinks === true) return issuedIn(line, { conditions, customerOf, facts, now });
  switch (event) {
    case "resolved":
    case "scheduled":
    case "not_scheduled": {
      if (reason === "retry_failed") return { kind: "retried", reasons: retried, now };
      const resolvedAt = resolvedIn(line);
      const ask = facts?.ask ?? true;
      return {
        kind: "resolved",
        at: resolvedAt,
        actorId: event === "resolved" ? line.actorId : actorId,
        decision: decideOnResolve({ resolvedAt, ask, settings, maxLatenessMs, now }),
        sample: sampleOf({ workspaceId, ticketId, percent: settings.samplePercent }),
        surveyId: ticketId,
        trace: null,
        now,
      };
    }
    case "left":
      // The reason of a leaving is one of the three.
      return { kind: "left", at: line.at, reason: reason as "reopened" | "closed" | "merged", now };
    case "left_out":
    case "let_in":
      return { kind: event, actorId: line.actorId, now };
    case "bounced":
      return { kind: "reported", report: { kind: "bounced", isPermanent: true, status: null }, at: line.at };
    default:
      // Nothing else is told of: the customer answered.
      return answeredIn(line);
  }
}

/** No record but that of the cooldown is simulated. */
export const nobody: Recipient = { id: null, address: null };

const retried = ["attempts_used_up", "refused", "indeterminate"] as const;

/** Null where everybody is asked. */
function sampleOf(asked: Parameters<typeof isInSample>[0]): TicketState["sample"] {
  const { percent } = asked;
  return percent >= 100 ? null : { percent, isIn: isInSample(asked) };
}

function answeredIn({ at, reason, actorId, ticketId }: Recorded): TicketEvent {
  // What it was is nothing that a policy goes by.
  const rating = 5;
  if (reason === null) return { kind: "answered", rating, at };
  return {
    kind: "answered_elsewhere",
    rating,
    at,
    askedAt: at,
    channel: reason,
    actorId,
    surveyId: ticketId,
  };
}

function issuedIn(
  line: Recorded,
  {
    conditions,
    customerOf,
    facts,
    now,
  }: {
    readonly conditions: SimulationConditions;
    readonly customerOf: (key: string) => CustomerState;
    readonly facts: RecordedFacts;
    readonly now: Date;
  },
): Issued | null {
  const { event, ticketId, at, actorId } = line;
  const { customer } = facts;
  if (customer === null) return null;
  const { workspaceId, settings, maxLatenessMs, neverAsk } = conditions;
  const key = hasCooldown(settings) ? customer.key : null;
  const resolution = event === "resolved" ? { at, actorId } : null;
  const resolvedAt = resolution?.at ?? now;
  return {
    kind: "issued",
    ticket: { status: facts.wasOpen ? "open" : "resolved" },
    ticketId,
    settings,
    resolution,
    sample: sampleOf({ workspaceId, ticketId, percent: settings.samplePercent }),
    whom: whyNeverOrByRules({
      requester: requesterLike(customer),
      neverAsk,
      ...rulesOn(conditions, { ticketId, customer, resolvedAt, now }),
    }),
    customerId: key,
    recipient: nobody,
    suppressed: customer.suppressed,
    customer: key === null ? null : customerOf(key),
    surveyId: ticketId,
    page: { workspaceId, workspaceName: "", ticketSubject: "", locale: null },
    channel: customer.channel,
    // A dry run counts no parts.
    slices: [],
    maxLatenessMs,
    now,
  };
}

/** When the ticket was resolved that the event decides about; null for one that goes on with what was armed. */
export function resolutionOf(event: TicketEvent, survey: SurveyState | null): Date | null {
  if (event.kind === "resolved") return event.at;
  if (event.kind !== "issued") return null;
  // Links may be asked for before any resolution was told of.
  return event.resolution?.at ?? (survey === null ? event.now : null);
}
