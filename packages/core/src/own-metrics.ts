import type { Metrics, RangeInput, WeeklyFigures } from "./metrics/metrics.ts";

/** What an operator may know of the answers to their own tickets. */
export interface OwnAnswers {
  /**
   * The figures of one operator: answers to tickets that they resolved first, and nobody else's. Without places, names
   * and other groups, so that a page of theirs can show all of it. `{ days: 30 }` by default; one read of the storage.
   * The answers themselves are `listResponses` with `resolvedBy`.
   * @throws CsatError `invalid_input`, also for an operator that is null; `storage_failed`
   */
  getOwnMetrics(workspaceId: string, operatorId: string, range?: RangeInput): Promise<OwnMetrics>;
}

/** One operator's figures; those of `Metrics` mean the same here, narrowed to their tickets. */
export interface OwnMetrics
  extends Pick<Metrics, "current" | "previous" | "delta" | "cohort" | "daily" | "benchmark"> {
  /** Seven days each, oldest first, the last one ending with the window; the first may be shorter. */
  readonly weekly: readonly WeeklyFigures[];
}
