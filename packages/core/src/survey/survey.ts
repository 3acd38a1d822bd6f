import type { ExclusionReason } from "./exclusion-reason.ts";

/** One ticket of one workspace. Both ids: 1–200 characters, no control characters. Equal ticket ids of two workspaces are two tickets. */
export interface TicketRef {
  readonly workspaceId: string;
  readonly ticketId: string;
}

/** Where a survey stands. It normally goes scheduled → sending → sent → answered; docs/reference/states.md has every way. */
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
  /** The ticket names a channel that has no mailer; or gives no address in it. */
  | "no_channel"
  | "no_customer_address"
  | "ticket_not_resolved"
  | "ticket_not_found"
  /** Resolution or due time lie further back than `maxLatenessMs`. */
  | "expired"
  /** Nobody reads what is sent there; or the customer is an operator who worked on the ticket. */
  | "role_address"
  | "asked_oneself"
  /** By hand, or by `ask: false` for one resolution. */
  | "left_out"
  /** The ticket is not in the sample of its workspace. */
  | "sampled_out"
  /** This customer was asked or has answered a short while ago. */
  | "asked_recently"
  /** The customer is not to be asked: they said so, their address takes no mail, they complained, or somebody decided it. */
  | "opted_out"
  | "bounced"
  | "complained"
  | "by_hand"
  /** The host's rule of that name. */
  | `rule:${string}`;

/** Why sending ended for good: the recipient was refused, six attempts failed, nobody knows whether the last ones arrived, or the mail came back. */
export type FailReason = "refused" | "attempts_used_up" | "indeterminate" | "bounced";

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
  | "erased"
  /** Goes out later than planned: a rule of the host's, or another survey of this customer that is on its way. */
  | "deferred"
  | "left_out"
  | "let_in"
  /** The answer counts no more; and again. */
  | "excluded"
  | "restored"
  /** What a mail report told: it came back for good, it did for now, it was called unwanted, or a machine answered it. */
  | "bounced"
  | "not_delivered_yet"
  | "complained"
  | "auto_reply";

/** Why it happened. The mailer's own words stand there too, at `mail_failed` alone. */
export type JournalReason =
  | SkipReason
  | LeaveReason
  | FailReason
  /** Of `excluded`. */
  | ExclusionReason
  /** Of `not_scheduled`: an earlier event counts, or the ticket was left at that time or later. */
  | "already_scheduled"
  | "left_since"
  /** Of `scheduled`: a resolution while the survey was on its way; `retryFailed`. */
  | "resolved_again"
  | "retry_failed"
  /** Of `sent`: the host asked for links and sends them itself. */
  | "links_issued"
  /** Of `claimed`: an earlier worker never finished. */
  | "lease_expired"
  /** Of `mail_failed`: no mail was tried, for the host's answer, for one that cannot be used, for a mail that could not be made, or because the host may not have committed yet. */
  | "ticket_source_failed"
  | "ticket_source_invalid"
  | "mail_not_made"
  /** The service of this ticket's channel was out of reach a moment ago. */
  | "channel_down"
  /** A rule of the host's threw, or answered what is no decision. */
  | "rule_failed"
  | "ticket_not_committed"
  /** Of `deferred`: another survey of this customer is on its way. */
  | "customer_being_asked";

/** One line of a ticket's history, as `explain` returns it. Holds no address, comment or token. */
export interface JournalEntry extends TicketRef {
  readonly at: Date;
  readonly event: JournalEvent;
  /** A `JournalReason`, one of a newer release, at `mail_failed` the mailer's words, or the channel at `sent` if it was no mail, and at `answered` if it was no link; null where the event says it all. */
  readonly reason: string | null;
  /** Who did it: an operator, or an admin who excluded an answer; null for machines and customers. */
  readonly actorId: string | null;
  /** From when on the answer would have been yes, for a no that has such a date; left out where there is none. */
  readonly eligibleAt?: Date;
}
