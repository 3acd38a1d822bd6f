import type { LeaveReason, OutboxEvent, PageFacts, Resolution, Survey, TicketRef } from "@csat/core";

/** What is known of a ticket, whether it ever had a survey or not. */
export interface TicketRow extends TicketRef {
  /** The earliest by event time. Null when none was told of. */
  readonly firstResolution: Resolution | null;
  /** When it was left last, by event time. Null when none was told of. */
  readonly lastLeftAt: Date | null;
  readonly erased: boolean;
}

/** An event, whose it is, and who is delivering it. */
export interface EventRow {
  readonly event: OutboxEvent;
  /** True when no delivery is pending any more. */
  readonly settled: boolean;
  /** Null while nobody holds it. One whose `until` has passed may be taken over. */
  readonly lease: { readonly id: string; readonly until: Date } | null;
}

/** A survey with what only the storage needs to know about it. */
export interface SurveyRow extends Survey {
  /** Who claimed it last; stays after the claim has ended, so that a sender whose survey was answered meanwhile is known. */
  readonly leaseId: string | null;
  /** While it is sending: from then on another worker may claim it. Null in every other status. */
  readonly leaseUntil: Date | null;
  /** `now` of the last claim. */
  readonly claimedAt: Date | null;
  /** True from `beginSend` until the attempt is settled or claimed anew. */
  readonly begun: boolean;
  /** When the last attempt began, by the rules' clock. */
  readonly sendBegunAt: Date | null;
  /** What `mayHaveReached` was before the attempt under way. */
  readonly reachedBefore: boolean;
  /** A later resolution that came while this one was scheduled or sending. */
  readonly remembered: Arming | null;
  /** The latest leaving that came while it was sending. */
  readonly leftMeanwhile: { readonly at: Date; readonly reason: LeaveReason } | null;
  /** Of every mail that may have reached the customer. */
  readonly tokenHashes: readonly string[];
  readonly page: PageFacts | null;
  readonly messageId: string | null;
  readonly lastError: string | null;
  /** The event raised by its answer. */
  readonly eventId: string | null;
}

/** A resolution and the time its survey is due. */
export interface Arming {
  readonly resolvedAt: Date;
  readonly dueAt: Date;
}
