import { emailChannel } from "../../survey/destination.ts";
import type { PageFacts, SkipReason } from "../../survey/survey.ts";
import { type AtSend, whyNotAsk } from "../decide-at-send.ts";
import { after } from "./not-sent.ts";
import { noteResolution, type Resolution } from "./resolved.ts";
import { remember, type Step, told, unchanged } from "./step.ts";
import { atRest, firstArmed, type SurveyState, type TicketState } from "./ticket-state.ts";

/** The host asks for links that it puts into a message of its own. */
export interface Issued extends Pick<AtSend, "settings" | "maxLatenessMs" | "now"> {
  readonly kind: "issued";
  readonly ticket: NonNullable<AtSend["ticket"]>;
  /** The resolution that the message tells of, when it is told of by this call alone. */
  readonly resolution: Resolution | null;
  /** Used for a ticket's first survey only. */
  readonly surveyId: string;
  readonly page: PageFacts;
  /** Where the host's message goes. */
  readonly channel: string;
}

/** `again`: links were issued before, and nothing but their number changes. */
export type OnIssued =
  | { readonly kind: "issued"; readonly surveyId: string; readonly again: boolean }
  | { readonly kind: "not_issued"; readonly reason: SkipReason | "left_since" };

/**
 * Any status in which nothing may have reached the customer → sent, now: what was pending is over. Links that were issued
 * may be issued again until the answer comes. A no is told once, and changes nothing of the survey.
 */
export function onIssued(before: TicketState, event: Issued): Step<OnIssued> {
  if (before.erased) return unchanged(before, { kind: "not_issued", reason: "already_surveyed" });
  const { resolution, now, surveyId, page, channel } = event;
  const noted = resolution === null ? { state: before, journal: [] } : noteResolution(before, resolution);
  const { state, journal } = noted;
  const askedOf = resolution?.at ?? now;
  const survey =
    state.survey ?? firstArmed({ id: surveyId, resolvedAt: askedOf, dueAt: askedOf, trace: null, now });
  const again = survey.linksIssued && survey.status === "sent";
  const reason = whyNot(state, { event, survey, again });
  if (reason !== null) {
    const no = remember(state, `not issued ${reason}`);
    return {
      state: no.state,
      outcome: { kind: "not_issued", reason },
      journal: no.isRepeat ? journal : [...journal, told("skipped", now, reason)],
    };
  }
  if (again) return { state, outcome: { kind: "issued", surveyId: survey.id, again }, journal };
  const next: SurveyState = {
    ...atRest(survey),
    status: "sent",
    mayHaveReached: true,
    linksIssued: true,
    sendBegunAt: now,
    sentAt: now,
    page,
    channel: channel === emailChannel ? null : channel,
    messageId: null,
    putOffFor: [],
    lastError: null,
  };
  return after(state, next, {
    outcome: { kind: "issued", surveyId: next.id, again },
    journal: [...journal, told("sent", now, "links_issued")],
  });
}

function whyNot(
  { lastLeftAt }: TicketState,
  { event, survey, again }: { readonly event: Issued; readonly survey: SurveyState; readonly again: boolean },
): Extract<OnIssued, { kind: "not_issued" }>["reason"] | null {
  const { resolution, now } = event;
  const isUsedUp = !again && (survey.mayHaveReached || survey.answer !== null);
  // Lateness counts from what is asked about: a later resolution than the one that armed the survey.
  const firstDueAt = again
    ? now
    : resolution !== null && resolution.at > survey.resolvedAt
      ? resolution.at
      : survey.firstDueAt;
  const reason = whyNotAsk({ ...event, survey: { firstDueAt, sentAt: isUsedUp ? now : null } });
  if (reason !== null) return reason;
  return resolution !== null && lastLeftAt !== null && resolution.at <= lastLeftAt ? "left_since" : null;
}
