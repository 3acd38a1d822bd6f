import { emailChannel } from "../../survey/destination.ts";
import type { PageFacts, SkipReason } from "../../survey/survey.ts";
import { leftOut, suppressed } from "../ask/ask.ts";
import { type CooldownFacts, cooldown } from "../ask/cooldown.ts";
import type { No } from "../ask/no.ts";
import type { SuppressionReason } from "../ask/suppression.ts";
import { type TicketFacts, whyNotAsk } from "../ask/ticket-checks.ts";
import { linksOutAt } from "./link-expiry.ts";
import { after } from "./not-sent.ts";
import { noteResolution, type Resolution, sampled } from "./resolved.ts";
import { remember, type Step, told, unchanged } from "./step.ts";
import { atRest, firstArmed, type Recipient, type SurveyState, type TicketState } from "./ticket-state.ts";

/** The host asks for links that it puts into a message of its own. */
export interface Issued extends Pick<TicketFacts, "maxLatenessMs" | "now">, Pick<CooldownFacts, "customer"> {
  readonly kind: "issued";
  readonly ticket: NonNullable<TicketFacts["ticket"]>;
  readonly ticketId: string;
  readonly settings: TicketFacts["settings"] & CooldownFacts["settings"];
  /** The resolution that the message tells of, when it is told of by this call alone. */
  readonly resolution: Resolution | null;
  /** Counts when no resolution was stored before. */
  readonly sample: TicketState["sample"];
  /** What speaks against asking this customer ever, and what the host's rules say. */
  readonly whom: { readonly never: No | null; readonly rules: No | null };
  /** What stands on the customer's records; null for nothing. */
  readonly suppressed: SuppressionReason | null;
  /** The record of the customer whose place it takes; null while nothing limits how often customers are asked. */
  readonly customerId: string | null;
  /** The keys of the customer who gets them. */
  readonly recipient: Recipient;
  /** Used for a ticket's first survey only. */
  readonly surveyId: string;
  readonly page: PageFacts;
  /** Where the host's message goes. */
  readonly channel: string;
  /** What its figures can be cut by. */
  readonly slices: readonly string[];
}

/** `again`: links were issued before, and nothing changes but their number and when they end. */
export type OnIssued =
  | { readonly kind: "issued"; readonly surveyId: string; readonly again: boolean }
  | {
      readonly kind: "not_issued";
      readonly reason: SkipReason | "left_since" | "customer_being_asked" | "rule_failed";
      /** Left out where there is no such date. */
      readonly eligibleAt?: Date;
    };

/**
 * Any status in which nothing may have reached the customer → sent, now: what was pending is over. Links that were issued
 * may be issued again until the answer comes. A no is told once, and changes nothing of the survey.
 */
export function onIssued(before: TicketState, event: Issued): Step<OnIssued> {
  if (before.erased) return unchanged(before, { kind: "not_issued", reason: "already_surveyed" });
  const { resolution, sample, now, surveyId, page, channel, slices, customerId, recipient } = event;
  const { state, journal } =
    resolution === null
      ? { state: before.survey === null ? sampled(before, sample) : before, journal: [] }
      : noteResolution(before, { ...resolution, sample });
  const askedOf = resolution?.at ?? now;
  const survey =
    state.survey ?? firstArmed({ id: surveyId, resolvedAt: askedOf, dueAt: askedOf, trace: null, now });
  const again = survey.linksIssued && survey.status === "sent";
  const no = whyNot(state, { event, survey, again });
  if (no !== null) {
    const { reason, ...date } = no;
    const said = remember(state, `not issued ${reason} ${date.eligibleAt?.getTime() ?? ""}`.trim());
    const line = { ...told("skipped", now, reason), ...date };
    return {
      state: said.state,
      outcome: { kind: "not_issued", ...no },
      journal: said.isRepeat ? journal : [...journal, line],
    };
  }
  if (again)
    return {
      state: withMoreLinks(state, survey, now),
      outcome: { kind: "issued", surveyId: survey.id, again },
      journal,
    };
  const next: SurveyState = {
    ...atRest(survey),
    status: "sent",
    mayHaveReached: true,
    linksIssued: true,
    sendBegunAt: now,
    sentAt: now,
    page,
    channel: channel === emailChannel ? null : channel,
    slices,
    customer: customerId,
    recipient,
    bounce: null,
    messageId: null,
    putOffFor: [],
    lastError: null,
  };
  return after(state, next, {
    outcome: { kind: "issued", surveyId: next.id, again },
    journal: [...journal, told("sent", now, "links_issued")],
  });
}

/** Of a survey all links end with the latest. */
function withMoreLinks(state: TicketState, survey: SurveyState, now: Date): TicketState {
  const outAt = linksOutAt(survey);
  // An earlier call that is told later ends nothing sooner.
  if (outAt !== null && outAt >= now) return state;
  return { ...state, survey: { ...survey, linksIssuedAt: now } };
}

type NotIssued = Extract<OnIssued, { kind: "not_issued" }>;

function whyNot(
  state: TicketState,
  { event, survey, again }: { readonly event: Issued; readonly survey: SurveyState; readonly again: boolean },
): Pick<NotIssued, "reason" | "eligibleAt"> | null {
  const { resolution, now, whom } = event;
  const isUsedUp = !again && (survey.mayHaveReached || survey.answer !== null);
  // Lateness counts from what is asked about: a later resolution than the one that armed the survey.
  const firstDueAt = again
    ? now
    : resolution !== null && resolution.at > survey.resolvedAt
      ? resolution.at
      : survey.firstDueAt;
  const reason = whyNotAsk({ ...event, survey: { firstDueAt, sentAt: isUsedUp ? now : null } });
  if (reason !== null) return { reason };
  const isLeft = resolution !== null && state.lastLeftAt !== null && resolution.at <= state.lastLeftAt;
  // Who was asked may be asked with other links; who is not to be asked is not reminded either.
  if (again && event.suppressed !== null) return { reason: event.suppressed };
  if (again) return isLeft ? { reason: "left_since" } : null;
  const no = whom.never ?? suppressed(event) ?? leftOut(state) ?? whom.rules ?? cooldown(event);
  if (no !== null) return reasonOf(no);
  if (isLeft) return { reason: "left_since" };
  return state.sample?.isIn === false ? { reason: "sampled_out" } : null;
}

function reasonOf(no: No): Pick<NotIssued, "reason" | "eligibleAt"> {
  if (no.kind === "skip") {
    const { kind: _skip, ...said } = no;
    return said;
  }
  return { reason: no.kind === "defer" ? "customer_being_asked" : "rule_failed" };
}
