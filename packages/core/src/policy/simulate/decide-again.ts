import { emailChannel } from "../../survey/destination.ts";
import type { WorkspaceSettings } from "../../survey/settings.ts";
import { whyNotByFacts } from "../ask/ask.ts";
import { cooldown, hasCooldown } from "../ask/cooldown.ts";
import type { CustomerState } from "../ask/customer-state.ts";
import type { NeverAsked } from "../ask/never-asked.ts";
import type { No } from "../ask/no.ts";
import type { AskRule } from "../ask/rule.ts";
import { ticketChecks } from "../ask/ticket-checks.ts";
import { afterOutageAt } from "../retry-schedule.ts";
import type { PutOff, Skipped } from "../transition/not-sent.ts";
import type { SurveyState } from "../transition/ticket-state.ts";
import { requesterLike } from "./recorded.ts";
import { type KnownOfTicket, knownOf, type SimulatedTicket } from "./simulated-ticket.ts";

/** What a dry run decides by. */
export interface SimulationConditions {
  readonly workspaceId: string;
  readonly settings: WorkspaceSettings;
  readonly rules: readonly AskRule[];
  readonly neverAsk: NeverAsked;
  readonly maxLatenessMs: number;
}

/** Of every claim of a dry run: nobody else works there. */
export const atWork = (survey: SurveyState) => ({ leaseId: "dry run", generation: survey.generation });

/** `unknown`: what decides was never recorded. */
export type DecidedAgain = { readonly kind: "unknown" } | { readonly kind: "yes" } | No;

/** Decides at the time of a send as a worker does, on what was recorded. `customerOf` is asked where somebody is limited. */
export function decideAgain(
  conditions: SimulationConditions,
  {
    ticket,
    survey,
    customerOf,
    now,
  }: {
    readonly ticket: SimulatedTicket;
    readonly survey: SurveyState;
    readonly customerOf: (key: string) => CustomerState;
    readonly now: Date;
  },
): DecidedAgain {
  const { settings, maxLatenessMs, neverAsk } = conditions;
  const known = knownOf(ticket);
  const checked = ticketChecks({ survey, ...saidBy(known), settings, maxLatenessMs, now });
  if (checked !== null) return checked;
  if (known === null || known.customer === null) return { kind: "unknown" };
  const { customer } = known;
  const no = whyNotByFacts({
    requester: requesterLike(customer),
    neverAsk,
    suppressed: customer.suppressed,
    isLeftOut: ticket.state.isLeftOut,
    ...rulesOn(conditions, { ticketId: ticket.id, customer, resolvedAt: survey.resolvedAt, now }),
    survey,
    maxLatenessMs,
    now,
  });
  if (no !== null) return no;
  if (!hasCooldown(settings) || customer.key === null) return { kind: "yes" };
  const limited = cooldown({ settings, customer: customerOf(customer.key), ticketId: ticket.id, now });
  return limited ?? { kind: "yes" };
}

/** The rules, and the facts that they are asked on. */
export function rulesOn(
  { workspaceId, rules }: SimulationConditions,
  {
    ticketId,
    customer,
    resolvedAt,
    now,
  }: {
    readonly ticketId: string;
    readonly customer: NonNullable<KnownOfTicket["customer"]>;
    readonly resolvedAt: Date;
    readonly now: Date;
  },
) {
  const { resolvedBy, assigneeId, channel, timeZone, locale, attributes } = customer;
  return {
    rules,
    ruleFacts: {
      workspaceId,
      ticketId,
      now,
      resolvedAt,
      resolvedBy,
      assigneeId,
      channel,
      attributes,
      customer: { timeZone, locale },
    },
  };
}

/** What the host said: a ticket of which nothing is known may be asked about, by these checks. */
function saidBy(known: KnownOfTicket | null) {
  const check = known?.check ?? null;
  const isGone = check === "ticket_not_found";
  const ticket = isGone
    ? null
    : { status: check === "ticket_not_resolved" ? ("open" as const) : ("resolved" as const) };
  const isElsewhere = check === null || isGone || check === "ticket_not_resolved";
  const destination = isElsewhere
    ? { channel: known?.customer?.channel ?? emailChannel, address: "" }
    : { reason: check };
  return { ticket, destination };
}

/** What a no makes of the survey. */
export function eventOfNo(no: No, { survey, now }: { survey: SurveyState; now: Date }): Skipped | PutOff {
  if (no.kind === "skip")
    return {
      kind: "skipped",
      ...atWork(survey),
      reason: no.reason,
      eligibleAt: no.eligibleAt ?? null,
      rememberedAt: survey.remembered?.resolvedAt ?? null,
      now,
    };
  return {
    kind: "put_off",
    ...atWork(survey),
    reason: no.kind === "failed" ? "rule_failed" : no.reason,
    isPlanned: no.kind === "defer" && no.reason !== "ticket_not_committed",
    // A rule that fails is asked again less often than a worker would: it is pure, and time alone changes its answer.
    until: no.kind === "failed" ? afterOutageAt({ firstDueAt: survey.firstDueAt, now }) : no.until,
    now,
  };
}
