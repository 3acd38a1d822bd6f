import type { Rating } from "../../survey/response.ts";
import { after } from "./not-sent.ts";
import { type Step, type Told, told, unchanged } from "./step.ts";
import { atRest, firstArmed, type SurveyState, type TicketState } from "./ticket-state.ts";

/** The customer answered through a link that was mailed. */
export interface Answered {
  readonly kind: "answered";
  readonly rating: Rating;
  readonly at: Date;
}

/** The host took the answer itself: a number in a chat, a word on the phone. */
export interface AnsweredElsewhere extends Omit<Answered, "kind"> {
  readonly kind: "answered_elsewhere";
  /** Counts as sent when nothing was sent before. */
  readonly askedAt: Date;
  readonly channel: string;
  /** Who took it; null for a machine. */
  readonly actorId: string | null;
  /** Used for a ticket without a survey. */
  readonly surveyId: string;
}

/** `duplicate`: answered before. `unknown_token`: erased. */
export type OnAnswered =
  | { readonly kind: "recorded"; readonly surveyId: string }
  | { readonly kind: "duplicate" | "unknown_token" };

/** Any status but answered and erased → answered: the first answer stands. Whatever was pending is over. */
export function onAnswered(state: TicketState, { rating, at: respondedAt }: Answered): Step<OnAnswered> {
  const { survey } = state;
  if (survey === null) return unchanged(state, { kind: "unknown_token" });
  // An answer proves that its mail arrived, so it was sent when its send began.
  const sentAt = survey.sentAt ?? survey.sendBegunAt;
  return answered(
    state,
    { ...survey, sentAt, answer: { rating, respondedAt } },
    told("answered", respondedAt),
  );
}

/** As `onAnswered`, also for a ticket that was never surveyed; an erased one stays as it is. */
export function onAnsweredElsewhere(state: TicketState, event: AnsweredElsewhere): Step<OnAnswered> {
  if (state.erased) return unchanged(state, { kind: "unknown_token" });
  const { rating, at: respondedAt, askedAt, channel, actorId, surveyId } = event;
  const survey =
    state.survey ??
    firstArmed({ id: surveyId, resolvedAt: askedAt, dueAt: askedAt, trace: null, now: respondedAt });
  const sentAt = survey.sentAt ?? askedAt;
  return answered(
    state,
    { ...survey, sentAt, answer: { rating, respondedAt }, answeredIn: channel },
    { ...told("answered", respondedAt, channel), actorId },
  );
}

function answered(state: TicketState, next: SurveyState, line: Told): Step<OnAnswered> {
  if (state.survey?.status === "answered") return unchanged(state, { kind: "duplicate" });
  return after(
    state,
    { ...atRest(next), status: "answered" },
    { outcome: { kind: "recorded", surveyId: next.id }, journal: [line] },
  );
}
