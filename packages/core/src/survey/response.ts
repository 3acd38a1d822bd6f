import type { TicketRef } from "./survey.ts";

/** Whole stars. Anything else is refused with `invalid_input`. */
export type Rating = 1 | 2 | 3 | 4 | 5;

/** The five ratings, lowest first. */
export const ratings: readonly Rating[] = [1, 2, 3, 4, 5];

/** A customer's stored answer. */
export interface SurveyResponse extends TicketRef {
  readonly surveyId: string;
  readonly rating: Rating;
  /** Plain text as written, never HTML. Null when nothing was written. */
  readonly comment: string | null;
  readonly respondedAt: Date;
}
