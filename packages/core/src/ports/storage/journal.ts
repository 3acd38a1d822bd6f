import type { JournalEntry, TicketRef } from "../../survey/survey.ts";

/** What was decided about each ticket. */
export interface JournalStore {
  append(entries: readonly JournalEntry[]): Promise<void>;
  /** Oldest first by `at`; equal times in the order of their writing. */
  list(ref: TicketRef): Promise<readonly JournalEntry[]>;
}
