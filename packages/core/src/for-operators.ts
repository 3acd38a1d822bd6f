import type { ShownExclusion } from "./by-admins.ts";
import type { MetricsFilter } from "./metrics/metrics.ts";
import type { ResponseRow } from "./ports/store/lists.ts";
import type { Rating, SurveyResponse } from "./survey/response.ts";
import type { JournalEntry, SkipReason } from "./survey/survey.ts";

/** Which responses: of one first resolver, of one rating, or both. */
export interface ResponseFilter extends MetricsFilter {
  readonly rating?: Rating;
}

/** A mail of sample values. */
export interface PreviewedEmail {
  /** One line, not HTML-escaped. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** By whom a real mail would say it is sent: the host's `workspaceName`, else a sample. */
  readonly workspaceName: string;
}

/** A line of a ticket's history. */
export interface ExplainedEntry extends JournalEntry {
  /** Of `actorId`; left out where nobody acted, and where the host gives no name. */
  readonly actorName?: string;
}

/** An answer with the name of its ticket's first resolver. */
export interface ExportedResponse extends ResponseRow {
  /** Null for Unattributed, and when the host gives no name. */
  readonly resolvedByName: string | null;
}

/** A bad answer and what the host says about its ticket now. */
export interface LowRatingCard {
  readonly response: SurveyResponse;
  /** Null when the ticket is gone, or the host could not tell. */
  readonly subject: string | null;
  /** Where an operator opens it; null also when there is no such page. */
  readonly url: string | null;
  /** Who has the ticket now; null also when nobody has. */
  readonly assignee: { readonly id: string; readonly name: string } | null;
}

/** The ticket's survey for operators. `channel`: where it was asked or, of an answer, taken; left out for mail. */
export type TicketPanel =
  | {
      readonly state: "none";
      /** Why nobody is asked, where that was decided for this customer or ticket; left out where nothing was to be sent. */
      readonly notAsked?: NotAsked;
      /** True while the ticket is left out by hand. */
      readonly leftOut?: true;
    }
  | { readonly state: "scheduled"; readonly dueAt: Date }
  | {
      readonly state: "awaiting";
      readonly sentAt: Date;
      readonly channel?: string;
      /** When its links ended; left out while they take an answer. */
      readonly linksEndedAt?: Date;
    }
  | {
      readonly state: "failed";
      readonly since: Date;
      /** Where a mail left, and came back; left out where none left, or nobody knows. */
      readonly reason?: "bounced";
    }
  | {
      readonly state: "answered";
      readonly response: SurveyResponse;
      readonly channel?: string;
      /** Why the answer does not count, who said so and when; left out while it counts. */
      readonly excluded?: ShownExclusion;
    };

/** Why this ticket's customer was not asked. */
export interface NotAsked {
  readonly reason: SkipReason;
  /** From when on the answer would be yes; null where there is no such date. */
  readonly eligibleAt: Date | null;
  /** Of `sampled_out`: of how many tickets in a hundred customers are asked. */
  readonly percent?: number;
}
