import type { JournalEntry, JournalEvent } from "@csat/core";

/** What an entry means, for people who do not know the code; empty for one of a newer release. */
export function sentenceOf({ event, reason }: Pick<JournalEntry, "event" | "reason">): string {
  const said: Readonly<Record<string, string>> = events;
  return (
    (reason === null ? undefined : (reasons[`${event}:${reason}`] ?? reasons[reason])) ?? said[event] ?? ""
  );
}

const events: Readonly<Record<JournalEvent, string>> = {
  resolved: "The ticket was resolved.",
  left: "The ticket is no longer resolved.",
  scheduled: "A survey waits for its time.",
  not_scheduled: "No survey was planned.",
  canceled: "The survey that waited was called off.",
  too_late_to_cancel: "The survey was on its way already.",
  claimed: "A worker took the survey.",
  skipped: "When its time came, no survey was sent.",
  mail_failed: "The mail did not go out. It is tried again.",
  sent: "The mail server took the mail.",
  gave_up: "Sending ended for good.",
  answered: "The customer answered.",
  erased: "What was stored about the ticket was erased.",
};

/** By reason, or by event and reason where the event changes the meaning. */
const reasons: Readonly<Record<string, string>> = {
  csat_disabled: "Surveys are off in this workspace.",
  already_surveyed: "A ticket is surveyed once.",
  no_customer_email: "The customer has no e-mail address.",
  ticket_not_resolved: "The ticket was not resolved any more.",
  ticket_not_found: "The helpdesk knew no such ticket.",
  expired: "It came too late: further back than maxLatenessMs.",
  already_scheduled: "A survey waits already.",
  left_since: "The ticket was reopened, closed or merged since.",
  reopened: "The ticket was reopened.",
  closed: "The ticket was closed.",
  merged: "The ticket was merged into another.",
  "scheduled:resolved_again": "The ticket was resolved again while its survey was on its way.",
  "scheduled:retry_failed": "Somebody asked to send what had failed.",
  "claimed:lease_expired": "An earlier worker never finished. Another took over.",
  ticket_source_failed: "The helpdesk could not be asked about the ticket. It is asked again.",
  ticket_source_invalid: "What the helpdesk answered lacks a field; the log names it. It is asked again.",
  mail_not_made: "The mail could not be made; the log says why. It is tried again.",
  refused: "The mail server refuses this recipient for good.",
  attempts_used_up: "The mail server took none of six attempts.",
  indeterminate: "Nobody knows whether one of the mails arrived.",
};
