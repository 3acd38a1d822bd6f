import type { TicketRef } from "../../survey/survey.ts";

/** Who resolved each ticket first, by event time: the source of attribution. */
export interface ResolutionStore {
  /**
   * Keeps the earliest resolution per ticket, in whatever order they come; of equal times the smaller actorId by
   * code points, null last. Where that changes whom a survey belongs to, its `resolvedBy` and its counts move along,
   * in the same transaction. Nothing is recorded for an erased ticket.
   */
  record(resolutions: readonly Resolution[]): Promise<void>;
}

/** One resolution. A null actor is an automation. */
export interface Resolution extends TicketRef {
  readonly actorId: string | null;
  readonly resolvedAt: Date;
}
