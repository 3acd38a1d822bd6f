import type { Rating } from "../../survey/response.ts";
import type { JournalEntry } from "../../survey/survey.ts";
import type { HeadChange, Json, Key } from "./head.ts";

/**
 * What one event changes, whole or not at all. All of it belongs to one workspace, and the rows beside the records
 * to the ticket among `heads`; without a ticket there are none.
 */
export interface Change {
  /** In key order, each record once. */
  readonly heads: readonly HeadChange[];
  /** Removes the ticket's tokens, answer, journal and events, before anything is added. */
  readonly forget?: true;
  /** Hashes of links, and the record that each opens. */
  readonly tokens?: readonly { readonly hash: string; readonly key: Key }[];
  /** The ticket's one answer, or what changes on it. */
  readonly answer?: AnswerChange;
  /** Appended in this order. */
  readonly journal?: readonly JournalRow[];
  /** Added to the counts of their day, resolver and part. */
  readonly deltas?: readonly CountDelta[];
}

/**
 * `put` is the answer as it came; one that stands already stays as it is. `move` credits another resolver with it, and
 * does nothing while there is none.
 */
export type AnswerChange =
  | {
      readonly kind: "put";
      readonly surveyId: string;
      readonly rating: Rating;
      readonly comment: string | null;
      readonly respondedAt: Date;
      readonly resolvedBy: string | null;
    }
  | { readonly kind: "move"; readonly resolvedBy: string | null };

/** A line of a ticket's history as it is stored. */
export interface JournalRow extends JournalEntry {
  /** What the decision rested on: the core's own document; kept and not read by the store. Left out: there is none. */
  readonly facts?: Json;
}

/** What is added to the counts of one UTC day and one resolver, in one part or the whole. Negative numbers take away. */
export interface CountDelta {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Null is Unattributed. */
  readonly resolvedBy: string | null;
  /**
   * A part of the whole that is counted beside it: what is counted here is counted in no other part, nor in the whole.
   * 1 to 300 characters; left out: the whole.
   */
  readonly part?: string;
  /** Surveys sent on that day, and how many of those are answered by now. */
  readonly sent: number;
  readonly answered: number;
  /** Responses of that day rated 1, 2, 3, 4 and 5. */
  readonly ratings: readonly [number, number, number, number, number];
  /** Tickets that a decision of that day left out; left out: 0. */
  readonly notAsked?: number;
}

/**
 * `conflict`: a record's version was another, or a new one stood there already. `lost_lease`: a lease was not held.
 * Both leave no trace of the change.
 */
export type WriteOutcome = "written" | "conflict" | "lost_lease";
