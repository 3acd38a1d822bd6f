/** One ticket of one workspace. Both ids: 1–200 characters, no control characters. Equal ticket ids of two workspaces are two tickets. */
export interface TicketRef {
  readonly workspaceId: string;
  readonly ticketId: string;
}

/**
 * Where a survey stands. It normally goes scheduled → sending → sent → answered.
 *
 * | from | what happens | to |
 * | --- | --- | --- |
 * | scheduled | a worker claims it | sending |
 * | scheduled | the ticket is reopened, closed or merged | canceled |
 * | sending | the mail server accepts the mail | sent |
 * | sending | the fresh check says no | skipped |
 * | sending | the attempt fails and may be repeated | scheduled, with a later `dueAt`; canceled if the ticket was left meanwhile |
 * | sending | refused for good, or no attempt is left | failed |
 * | canceled, skipped, failed | a later resolution, unless a mail may have arrived | scheduled, `generation` + 1 |
 * | failed | `retryFailed` | scheduled |
 * | any but erased | an answer through a mailed link | answered |
 * | any | erase | erased: a tombstone that is never surveyed again |
 */
export type SurveyStatus =
  | "scheduled"
  | "sending"
  | "sent"
  | "answered"
  | "canceled"
  | "skipped"
  | "failed"
  | "erased";

/** How a ticket stopped being resolved. Auto-close is `closed`. */
export type LeaveReason = "reopened" | "closed" | "merged";

/** Why a ticket gets no mail. */
export type SkipReason =
  | "csat_disabled"
  | "already_surveyed"
  | "no_customer_email"
  | "ticket_not_resolved"
  | "ticket_not_found"
  /** Resolution or due time lie further back than `maxLatenessMs`. */
  | "expired";

/** Why sending ended for good: the recipient was refused, six attempts failed, or nobody knows whether the last ones arrived. */
export type FailReason = "refused" | "attempts_used_up" | "indeterminate";

/** The survey of one ticket: at most one row per ticket, ever. */
export interface Survey extends TicketRef {
  readonly id: string;
  readonly status: SurveyStatus;
  /** Counts the resolutions that armed it, from 1. A wake-up for an older generation does nothing. */
  readonly generation: number;
  /** Why it is canceled, skipped or failed; null in every other status. */
  readonly reason: SkipReason | LeaveReason | FailReason | null;
  /** Time of the resolution that armed this generation. */
  readonly resolvedAt: Date;
  /** Next time it may be sent; moves with every retry. */
  readonly dueAt: Date;
  /** When this generation was to go out at first; lateness counts from here. */
  readonly firstDueAt: Date;
  /** Sends begun in this generation, crashed ones included, outages left out. */
  readonly attempts: number;
  /** True once a send has begun, until it is certain that no attempt was taken by a mail server. Then no later resolution mails again. */
  readonly mayHaveReached: boolean;
  /** When the mail was accepted; for one answered before that was known, when its send began. Null before. */
  readonly sentAt: Date | null;
  /** Actor of the ticket's earliest resolution; null is Unattributed. */
  readonly resolvedBy: string | null;
}

/** What the public page shows. Kept when a send begins, so that the page reads our storage once and the host never. */
export interface PageFacts {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly ticketSubject: string;
  /** BCP 47 tag of the customer's language; null when unknown. */
  readonly locale: string | null;
}

/** A span of whole UTC days: `from` is inside, `until` (a midnight) is not. */
export interface DateWindow {
  readonly from: Date;
  readonly until: Date;
}

/** What can happen to a ticket's survey. */
export type JournalEvent =
  | "resolved"
  | "left"
  | "scheduled"
  | "not_scheduled"
  | "canceled"
  | "too_late_to_cancel"
  | "claimed"
  | "skipped"
  | "mail_failed"
  | "sent"
  | "gave_up"
  | "answered"
  | "erased";

/** Why it happened. The mailer's own words stand there too, at `mail_failed` alone. */
export type JournalReason =
  | SkipReason
  | LeaveReason
  | FailReason
  /** Of `not_scheduled`: an earlier event counts, or the ticket was left at that time or later. */
  | "already_scheduled"
  | "left_since"
  /** Of `scheduled`: a resolution while the survey was on its way; `retryFailed`. */
  | "resolved_again"
  | "retry_failed"
  /** Of `claimed`: an earlier worker never finished. */
  | "lease_expired"
  /** Of `mail_failed`: no mail was tried, for the host's answer, for one that cannot be used, for a mail that could not be made, or because the host may not have committed yet. */
  | "ticket_source_failed"
  | "ticket_source_invalid"
  | "mail_not_made"
  | "ticket_not_committed";

/** One line of a ticket's history, as `explain` returns it. Holds no address, comment or token. */
export interface JournalEntry extends TicketRef {
  readonly at: Date;
  readonly event: JournalEvent;
  /** A `JournalReason`, one of a newer release, or at `mail_failed` the mailer's words; null where the event says it all. */
  readonly reason: string | null;
  /** Who did it, for `resolved`; null for machines and customers. */
  readonly actorId: string | null;
}
