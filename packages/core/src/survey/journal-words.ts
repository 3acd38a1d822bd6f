import type { JournalEntry, JournalEvent, JournalReason, LeaveReason } from "./survey.ts";

/** What happened, and why; neither ends in a full stop. */
export interface JournalWords {
  readonly what: string;
  /** Null where `what` says it all. It may hold a mailer's own words: foreign text, to be escaped like any. */
  readonly why: string | null;
}

/**
 * A line of a ticket's history in English, for people who do not know the code: the ticket panel and `csat explain`
 * say it in these words. Who acted is left to the caller, who may have a name. An event or reason of a newer release is
 * told by its own name.
 */
export function journalWords({
  event,
  reason,
  actorId,
}: Pick<JournalEntry, "event" | "reason" | "actorId">): JournalWords {
  if (event === "resolved" && actorId === null) return { what: "Ticket resolved automatically", why: null };
  if (event === "left" && isLeaving(reason)) return { what: `Ticket ${leavings[reason]}`, why: null };
  const what = Object.hasOwn(events, event) ? events[event] : plain(event);
  return { what, why: reason === null ? null : whyOf(event, reason) };
}

const events: Readonly<Record<JournalEvent, string>> = {
  resolved: "Ticket resolved",
  left: "Ticket no longer resolved",
  scheduled: "Survey scheduled",
  not_scheduled: "No survey scheduled",
  canceled: "Survey canceled",
  too_late_to_cancel: "Too late to cancel the survey",
  claimed: "Sending started again",
  skipped: "Survey not sent",
  mail_failed: "Mail did not go out",
  sent: "Survey sent",
  gave_up: "Survey could not be sent",
  answered: "Customer answered",
  erased: "Survey and answer erased",
  deferred: "Survey goes out later",
  left_out: "Left out by hand",
  let_in: "May be asked after all",
  excluded: "Answer excluded",
  restored: "Answer counts again",
  bounced: "Mail came back: it could not be delivered",
  not_delivered_yet: "Mail was not delivered for now",
  complained: "Customer called the mail unwanted",
  auto_reply: "A machine answered the mail",
};

const leavings: Readonly<Record<LeaveReason, string>> = {
  reopened: "reopened",
  closed: "closed",
  merged: "merged into another",
};

const reasons: Readonly<Record<Exclude<JournalReason, `rule:${string}`>, string>> = {
  csat_disabled: "surveys are switched off",
  already_surveyed: "this ticket has had its one survey",
  already_scheduled: "an earlier resolution counts already",
  left_since: "the ticket was reopened or closed since",
  no_customer_email: "the customer has no single valid e-mail address",
  no_channel: "nothing is sent in this ticket's channel",
  no_customer_address: "the customer has no address in this channel",
  ticket_not_resolved: "the ticket was no longer resolved",
  ticket_not_found: "the ticket is gone",
  expired: "it was too late to ask",
  role_address: "nobody reads what is sent to this address",
  asked_oneself: "the customer is an operator who worked on the ticket",
  left_out: "the ticket was left out by hand",
  sampled_out: "the ticket is not in the sample",
  asked_recently: "this customer was asked, or has answered, a short while ago",
  opted_out: "the customer does not want to be asked",
  bounced: "this customer's address takes no mail",
  complained: "the customer called an earlier mail unwanted",
  by_hand: "somebody decided that this customer is not asked",
  reopened: "the ticket was reopened",
  closed: "the ticket was closed",
  merged: "the ticket was merged into another",
  refused: "the mail server refuses this address",
  attempts_used_up: "every attempt failed",
  indeterminate: "nobody knows whether the last mail arrived",
  resolved_again: "the ticket was resolved once more",
  retry_failed: "somebody asked to send again what had failed",
  links_issued: "its links went to the helpdesk, for a message of its own",
  lease_expired: "the process that began it did not finish",
  ticket_source_failed: "the helpdesk could not be asked about the ticket; tried again",
  ticket_source_invalid: "the helpdesk answered about the ticket in a way that cannot be used; tried again",
  mail_not_made: "the mail could not be made; tried again",
  channel_down: "this channel was out of reach; tried again",
  rule_failed: "a rule of the helpdesk failed; tried again",
  customer_being_asked: "another survey of this customer is on its way",
  machine: "a machine answered",
  agent: "one of the team answered",
  mistake: "the customer answered by mistake",
  other: "for another reason",
  ticket_not_committed: "the ticket did not look resolved yet; looked at again soon",
};

/** Every event that a journal tells, for those who put it into other languages. */
export const journalEvents: readonly string[] = Object.keys(events);

/** Every reason that a journal gives, rules of the host's and channels aside. */
export const journalReasons: readonly string[] = Object.keys(reasons);

function whyOf(event: JournalEvent, reason: string): string {
  if (isKnown(reason)) return reasons[reason];
  if (reason.startsWith(rulePrefix))
    return `the helpdesk's rule "${reason.slice(rulePrefix.length)}" says so`;
  if (event === "mail_failed") return reason;
  return event === "sent" || event === "answered" ? `by ${plain(reason)}` : plain(reason);
}

const rulePrefix = "rule:";

function isKnown(reason: string): reason is keyof typeof reasons {
  return Object.hasOwn(reasons, reason);
}

function isLeaving(reason: string | null): reason is LeaveReason {
  return reason !== null && Object.hasOwn(leavings, reason);
}

function plain(name: string): string {
  return name.replaceAll("_", " ");
}
