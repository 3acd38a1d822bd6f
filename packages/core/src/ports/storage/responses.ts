import type { Rating, SurveyResponse } from "../../survey/response.ts";
import type { TicketRef } from "../../survey/survey.ts";

/** The customers' answers. */
export interface ResponseStore {
  /**
   * Takes one answer, whole or not at all: finds the survey by its token, stores the response, sets the survey
   * `answered` (from every status but erased; an unknown `sentAt` becomes the time its send began), ends its pending
   * work, appends the event and the journal entry `answered`, counts. The survey's row decides who wins: one answer
   * under any concurrency, against an erase and a late resolution too. A duplicate changes nothing.
   */
  record(answer: RecordedAnswer): Promise<RecordOutcome>;
  /** Null while there is none. */
  find(ref: TicketRef): Promise<SurveyResponse | null>;
}

/** An answer that passed every check of the core. */
export interface RecordedAnswer {
  readonly tokenHash: string;
  readonly rating: Rating;
  readonly comment: string | null;
  readonly respondedAt: Date;
  /** Id of the `ticket.csat_received` event to raise; null raises none. */
  readonly eventId: string | null;
}

/** `duplicate`: answered before. `unknown_token`: no such link, or its survey was erased. */
export type RecordOutcome =
  | { readonly kind: "recorded"; readonly response: SurveyResponse }
  | { readonly kind: "duplicate" | "unknown_token" };
