import type { Rating } from "../../survey/response.ts";
import type { JournalEntry } from "../../survey/survey.ts";
import type { HeadChange, Json, Key } from "./head.ts";

/**
 * What one event changes, whole or not at all. All of it belongs to one workspace, and the rows beside the records
 * to the ticket among `heads`; without a ticket there are tokens at most.
 */
export interface Change {
  /** In key order, each record once. */
  readonly heads: readonly HeadChange[];
  /**
   * Records that must stand at this version and stay as they are: another version is a conflict. In key order, none of
   * `heads`. Several changes of a call may compare one record that none of them writes. What is stored is locked against
   * writers while it is compared; a record that is not stored (0) may be written by somebody at that very moment.
   */
  readonly compared?: readonly { readonly key: Key; readonly expected: number }[];
  /** Removes the ticket's tokens, answer, journal and events, before anything is added. */
  readonly forget?: true;
  /** Hashes of links, and the record that each opens, stored or not. Those of a customer outlive the ticket. */
  readonly tokens?: readonly { readonly hash: string; readonly key: Key }[];
  /** Ids of the customers whose question the ticket's survey is: `lists.ticketsOf` finds it under each, until it is forgotten. */
  readonly customers?: readonly string[];
  /** The ticket's one answer, or what changes on it. */
  readonly answer?: AnswerChange;
  /** Appended in this order. */
  readonly journal?: readonly JournalRow[];
  /** Added to the counts of their day, resolver and part. */
  readonly deltas?: readonly CountDelta[];
}

/**
 * `put` is the answer as it came; one that stands already stays as it is. `move` credits another resolver with it, `mark`
 * takes it out of lists and recounts or back into them; both do nothing while there is none.
 */
export type AnswerChange =
  | {
      readonly kind: "put";
      readonly surveyId: string;
      readonly rating: Rating;
      readonly comment: string | null;
      readonly respondedAt: Date;
      readonly resolvedBy: string | null;
      /** What it can be cut by, as `name=value`, at most 50 texts of at most 300 characters; left out: none. */
      readonly slices?: readonly string[];
    }
  | { readonly kind: "move"; readonly resolvedBy: string | null }
  | { readonly kind: "mark"; readonly excluded: boolean };

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
