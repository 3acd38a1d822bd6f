import type { JournalEntry, JournalEvent } from "@csat/core";
import { userOf } from "../users.ts";

/** One line of a ticket's survey history as an operator reads it: what happened, and why where that is known. */
export function journalWords(entry: JournalEntry): string {
  const event = eventWords[entry.event];
  const actor =
    entry.actorId === null ? null : (userOf(entry.workspaceId, entry.actorId)?.name ?? entry.actorId);
  const sentence = actor === null ? event : `${event} by ${actor}`;
  return entry.reason === null ? sentence : `${sentence}: ${reasonWords[entry.reason] ?? entry.reason}`;
}

const eventWords: Readonly<Record<JournalEvent, string>> = {
  resolved: "Ticket resolved",
  left: "Ticket no longer resolved",
  scheduled: "Survey scheduled",
  not_scheduled: "No survey scheduled",
  canceled: "Survey canceled",
  too_late_to_cancel: "Too late to cancel the survey",
  claimed: "Sending started",
  skipped: "Survey not sent",
  mail_failed: "Mail did not go out, it is tried again",
  sent: "Survey sent",
  gave_up: "Survey could not be sent",
  answered: "Customer answered",
  erased: "Survey data erased",
};

/** Reasons that are not listed are shown as they are. */
const reasonWords: Readonly<Record<string, string>> = {
  csat_disabled: "surveys are switched off",
  already_surveyed: "this ticket had its one survey",
  already_scheduled: "an earlier resolution counts already",
  left_since: "the ticket was reopened or closed since",
  no_customer_email: "the customer has no single valid address",
  ticket_not_resolved: "the ticket is not resolved any more",
  ticket_not_found: "the ticket is gone",
  expired: "it is too late to ask",
  reopened: "reopened",
  closed: "closed",
  merged: "merged into another ticket",
  refused: "the mail server refuses this address",
  attempts_used_up: "every attempt failed",
  indeterminate: "nobody knows whether the last mails arrived",
};
