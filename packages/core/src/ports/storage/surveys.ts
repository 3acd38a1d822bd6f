import type {
  FailReason,
  LeaveReason,
  PageFacts,
  SkipReason,
  Survey,
  TicketRef,
} from "../../survey/survey.ts";
import type { Claimed, ClaimRef, ClaimRequest, SettleOutcome } from "./claim.ts";

/** The surveys, one per ticket for ever. */
export interface SurveyStore {
  /**
   * Arms a survey per resolution: inserts it, or re-arms one that is canceled, skipped or failed (generation + 1)
   * unless a mail of it may have reached the customer. One that is sending remembers the resolution: should the send
   * end without having reached anybody, the survey is armed from it. Left alone are scheduled, sent and answered
   * ones, a resolution not later than the ticket's last leaving, and one not later than that which armed the survey.
   * At most one entry per ticket; unique on (workspaceId, ticketId) under any concurrency.
   */
  arm(surveys: readonly NewSurvey[]): Promise<readonly ArmOutcome[]>;
  /**
   * The tickets were reopened, closed or merged. scheduled → canceled. One that is sending remembers it: a send that
   * fails for now is then canceled instead of retried. Later ones are reported as too late and not touched. Leavings
   * are ordered by `at`, not by arrival: one older than the resolution that armed the survey cancels nothing, and
   * where a later resolution is known already, the canceled survey is armed from that (`rearmed`).
   */
  leave(leavings: readonly Leaving[]): Promise<readonly LeaveResult[]>;
  find(ref: TicketRef): Promise<Survey | null>;
  /** For the public page. Null for an unknown token and for an erased survey. */
  findByToken(
    tokenHash: string,
  ): Promise<{ readonly page: PageFacts; readonly respondedAt: Date | null } | null>;
  /**
   * Leases up to `limit` surveys: scheduled ones with `dueAt <= now`, and sending ones whose lease has ended.
   * scheduled → sending. Concurrent callers never get the same survey while its lease lasts, and no workspace takes
   * the whole batch while others wait. Oldest first within a workspace.
   */
  claimDue(claim: ClaimRequest): Promise<readonly Claimed<Survey>[]>;
  /** Gives back what was claimed and not begun. A lost lease is passed over. */
  release(claims: readonly ClaimRef[]): Promise<void>;
  /**
   * The last step before the mail server: keeps the token of this attempt (earlier ones stay valid) and the page's
   * facts, counts the attempt, sets `mayHaveReached`, renews the lease. False when the lease was lost: then nothing
   * may be sent.
   */
  beginSend(
    claim: ClaimRef,
    send: {
      readonly tokenHash: string;
      readonly page: PageFacts;
      readonly leaseForMs: number;
      /** When the send begins, by the rules' clock; without it, the `now` of the claim. */
      readonly begunAt?: Date;
    },
  ): Promise<boolean>;
  /** sending → sent. One answered meanwhile stays answered. */
  markSent(
    done: ClaimRef & { readonly sentAt: Date; readonly messageId: string | null },
  ): Promise<SettleOutcome>;
  /** sending → skipped, or armed anew from a remembered resolution unless a mail may have arrived. */
  markSkipped(done: ClaimRef & { readonly reason: SkipReason }): Promise<SettleOutcome>;
  /**
   * sending → scheduled at `retryAt`; canceled when the ticket was left meanwhile; failed when `retryAt` is null; or
   * armed anew from a remembered resolution unless a mail may have arrived. Also for a claim that was put off before
   * its send began; then neither attempts nor `mayHaveReached` change.
   */
  markFailed(done: SendFailure): Promise<SettleOutcome>;
  /** failed → scheduled, due now, with no attempts counted; appends the journal entry `scheduled` with reason `retry_failed`. Returns how many. */
  retryFailed(workspaceId: string, now: Date): Promise<number>;
  /** Removes response, comment, journal, tokens and the data of events, takes the response out of the counts, leaves a tombstone for each ref (known or not). */
  erase(refs: readonly TicketRef[]): Promise<void>;
}

/** A survey to arm. `id` is used for a new row only. */
export interface NewSurvey extends TicketRef {
  readonly id: string;
  readonly resolvedAt: Date;
  readonly dueAt: Date;
}

/**
 * `already_scheduled`: this or an earlier resolution counts already. `already_surveyed`: a mail may have reached the
 * customer, or the ticket was erased. `left_since`: the ticket was left at that time or later.
 */
export type ArmOutcome = TicketRef &
  (
    | { readonly kind: "armed"; readonly surveyId: string; readonly generation: number }
    | { readonly kind: "already_scheduled" | "already_surveyed" | "left_since" }
  );

/** A ticket stopped being resolved at `at`. */
export interface Leaving extends TicketRef {
  readonly at: Date;
  readonly reason: LeaveReason;
}

/**
 * `generation` is the canceled one; `rearmed` stands only where a resolution later than the leaving was known.
 * `too_late`: a send is under way or done. `nothing_pending`: no survey waits for this ticket.
 */
export type LeaveResult = TicketRef &
  (
    | {
        readonly kind: "canceled";
        readonly surveyId: string;
        readonly generation: number;
        readonly rearmed?: { readonly generation: number; readonly dueAt: Date };
      }
    | { readonly kind: "too_late" | "nothing_pending" }
  );

/** How an attempt failed. */
export interface SendFailure extends ClaimRef {
  /** When to try again; null gives up. */
  readonly retryAt: Date | null;
  /** True when the server certainly took nothing: `mayHaveReached` falls back to what it was before this attempt. */
  readonly refused: boolean;
  /** False for what is not this mail's fault (outage, bad login): `attempts` falls back too. */
  readonly countsAsAttempt: boolean;
  /** A short cause without personal data, kept for operators. */
  readonly error: string;
  /** The `reason` of the failed survey. Without it: `indeterminate` when a mail may have arrived, else `refused`. */
  readonly reason?: FailReason;
}
