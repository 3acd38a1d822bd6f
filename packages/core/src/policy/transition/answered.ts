import type { Rating } from "../../survey/response.ts";
import { after } from "./not-sent.ts";
import { type Step, told, unchanged } from "./step.ts";
import { atRest, type SurveyState, type TicketState } from "./ticket-state.ts";

/** The customer answered through a link that was mailed. */
export interface Answered {
  readonly kind: "answered";
  readonly rating: Rating;
  readonly at: Date;
}

/** `duplicate`: answered before. `unknown_token`: erased. */
export type OnAnswered =
  | { readonly kind: "recorded"; readonly surveyId: string }
  | { readonly kind: "duplicate" | "unknown_token" };

/** Any status but answered and erased → answered: the first answer stands. Whatever was pending is over. */
export function onAnswered(state: TicketState, { rating, at: respondedAt }: Answered): Step<OnAnswered> {
  const { survey } = state;
  if (survey === null) return unchanged(state, { kind: "unknown_token" });
  if (survey.status === "answered") return unchanged(state, { kind: "duplicate" });
  const next: SurveyState = {
    ...atRest(survey),
    status: "answered",
    // An answer proves that its mail arrived, so it was sent when its send began.
    sentAt: survey.sentAt ?? survey.sendBegunAt,
    answer: { rating, respondedAt },
  };
  return after(state, next, {
    outcome: { kind: "recorded", surveyId: survey.id },
    journal: [told("answered", respondedAt)],
  });
}
