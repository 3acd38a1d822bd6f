import type { FailReason, JournalEntry, JournalEvent, LeaveReason, SkipReason } from "@csat/core";
import { type Html, html } from "../html.ts";

/** One line of a ticket's history as operators read it. A reason that has no words here is shown as it is. */
export function journalWords(
  { event, reason, actorId }: JournalEntry,
  operatorNames: ReadonlyMap<string, string>,
): Html {
  if (event === "resolved" && actorId === null) return html`Ticket resolved automatically`;
  if (event === "left" && isLeaving(reason)) return html`Ticket ${leavings[reason]}`;
  const what = Object.hasOwn(events, event) ? events[event] : `${event}`.replaceAll("_", " ");
  const who = actorId === null ? html`` : html` by <bdi>${operatorNames.get(actorId) ?? actorId}</bdi>`;
  return html`${what}${who}${reason === null ? "" : html`: ${whyOf(event, reason)}`}`;
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
};

const leavings: Readonly<Record<LeaveReason, string>> = {
  reopened: "reopened",
  closed: "closed",
  merged: "merged into another",
};

/** Reasons that the core knows and does not type. */
type OtherReason =
  | "already_scheduled"
  | "left_since"
  | "resolved_again"
  | "retry_failed"
  | "lease_expired"
  | "ticket_source_failed"
  | "ticket_source_invalid"
  | "mail_not_made"
  | "ticket_not_committed";

const reasons: Readonly<Record<SkipReason | FailReason | LeaveReason | OtherReason, string>> = {
  csat_disabled: "surveys are switched off",
  already_surveyed: "this ticket has had its one survey",
  already_scheduled: "an earlier resolution counts already",
  left_since: "the ticket was reopened or closed since",
  no_customer_email: "the customer has no single valid e-mail address",
  ticket_not_resolved: "the ticket was no longer resolved",
  ticket_not_found: "the ticket is gone",
  expired: "it was too late to ask",
  reopened: "the ticket was reopened",
  closed: "the ticket was closed",
  merged: "the ticket was merged into another",
  refused: "the mail server refuses this address",
  attempts_used_up: "every attempt failed",
  indeterminate: "nobody knows whether the last mail arrived",
  resolved_again: "the ticket was resolved once more",
  retry_failed: "somebody asked to send again what had failed",
  lease_expired: "the process that began it did not finish",
  ticket_source_failed: "the helpdesk could not be asked about the ticket; tried again",
  ticket_source_invalid: "the helpdesk answered about the ticket in a way that cannot be used; tried again",
  mail_not_made: "the mail could not be made; tried again",
  ticket_not_committed: "the ticket did not look resolved yet; looked at again soon",
};

function whyOf(event: JournalEvent, reason: string): Html {
  if (Object.hasOwn(reasons, reason)) {
    // Just asked: the reason is one of the keys.
    return html`${reasons[reason as keyof typeof reasons]}`;
  }
  // A mailer's own words.
  if (event === "mail_failed") return html`<bdi>${reason}</bdi>`;
  return html`<bdi>${reason.replaceAll("_", " ")}</bdi>`;
}

function isLeaving(reason: string | null): reason is LeaveReason {
  return reason !== null && Object.hasOwn(leavings, reason);
}
