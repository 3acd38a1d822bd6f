import type { SmtpMoment } from "@csat/conformance";

/**
 * Whom a reply blames. `sender`: it is said to everybody. `for_good` and `for_now`: this recipient. `undecided`: its words
 * do not tell; recipients do.
 */
export type Blamed = "sender" | "for_good" | "for_now" | "undecided";

/** A mail server's or a mail service's reply, and where in the conversation it says so. */
export type Reply = readonly [Blamed, SmtpMoment, string];

/** What real servers and services say, as their documentation or their users quote it. */
export const replies: readonly Reply[] = [
  // Google: sending limits, proof of origin, mailboxes.
  ["sender", "end", "550 5.4.5 Daily user sending limit exceeded. gsmtp"],
  ["sender", "end", "550 5.7.26 This mail has been blocked because the sender is unauthenticated. gsmtp"],
  ["sender", "end", "550 5.7.1 Daily SMTP relay sending limit exceeded for customer. gsmtp"],
  ["sender", "end", "421 4.7.28 Gmail has detected an unusual rate of mail from your IP address. gsmtp"],
  ["sender", "MAIL", "530 5.7.0 Authentication Required. gsmtp"],
  ["for_good", "RCPT", "550 5.1.1 The email account that you tried to reach does not exist. gsmtp"],
  ["for_good", "RCPT", "550 5.2.1 The email account that you tried to reach is disabled. gsmtp"],
  ["for_now", "RCPT", "450 4.2.1 The user you are trying to contact is receiving mail too quickly. gsmtp"],
  ["for_now", "RCPT", "452 4.2.2 The recipient's inbox is out of storage space. gsmtp"],
  // Amazon SES.
  ["sender", "end", "454 Throttling failure: Maximum sending rate exceeded."],
  ["sender", "end", "454 Throttling failure: Daily message quota exceeded."],
  ["sender", "end", "554 Message rejected: Email address is not verified."],
  ["sender", "end", "554 Message rejected: Sending paused for this account."],
  ["sender", "MAIL", "530 Must issue a STARTTLS command first"],
  // SendGrid, Postmark, Mailgun, Brevo.
  ["sender", "end", "550 The from address does not match a verified Sender Identity."],
  ["sender", "end", "451 You have exceeded your messaging limits"],
  ["sender", "end", "550 The 'From' address you supplied is not a Sender Signature on your account."],
  [
    "sender",
    "end",
    "550 Domain help.example is not allowed to send: Sandbox subdomains are for test purposes only.",
  ],
  ["sender", "RCPT", "554 5.7.1 Your account is suspended"],
  ["sender", "end", "550 5.7.0 Not enough credits"],
  // Exchange Online and Exchange.
  ["sender", "end", "554 5.2.252 SendAsDenied; not allowed to send as info@help.example"],
  ["sender", "end", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"],
  ["sender", "MAIL", "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM"],
  ["sender", "end", "550 5.1.8 Access denied, bad outbound sender"],
  ["sender", "RCPT", "550 5.7.606 Access denied, banned sending IP [192.0.2.1]"],
  ["sender", "end", "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP."],
  [
    "sender",
    "RCPT",
    "550 5.7.509 Access denied, sending domain help.example does not pass DMARC verification",
  ],
  ["sender", "RCPT", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"],
  ["for_good", "RCPT", "554 5.7.1 <x>: Recipient address rejected: Access denied"],
  ["for_good", "RCPT", "550 5.7.124 Sender not in allowed-senders list"],
  ["for_good", "RCPT", "550 5.7.129 Sender not in the group's list of allowed senders"],
  ["for_good", "RCPT", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"],
  ["for_good", "RCPT", "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox; authentication required"],
  ["for_good", "RCPT", "550 5.4.1 Recipient address rejected: Access denied."],
  [
    "for_good",
    "RCPT",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
  ],
  ["undecided", "RCPT", "451 4.7.500 Server busy. Please try again later from [192.0.2.1]."],
  ["sender", "end", "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"],
  // Postfix, Exim, qmail, and their policy servers.
  ["sender", "end", "552 5.7.0 quota exceeded"],
  ["sender", "RCPT", "554 5.7.1 <x>: Relay access denied"],
  ["sender", "RCPT", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  ["sender", "RCPT", "553 5.7.1 <csat@help.example>: Sender address rejected: not owned by user csat"],
  ["sender", "RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"],
  ["for_good", "RCPT", "550 5.1.1 <x>: Recipient address rejected: User unknown in relay recipient table"],
  ["for_now", "RCPT", "450 4.2.0 <x>: Recipient address rejected: Greylisted"],
  ["for_now", "RCPT", "451 4.7.1 Greylisting in action, please come back later"],
  [
    "for_now",
    "RCPT",
    "450 4.1.1 <x>: Recipient address rejected: unverified address: Address verification in progress",
  ],
  ["undecided", "RCPT", "452 4.3.1 Insufficient system storage"],
  ["undecided", "DATA", "451 4.3.0 Try again later"],
  ["undecided", "end", "451 4.3.0 Temporary lookup failure"],
  ["undecided", "end", "554 5.7.1 Message rejected as spam"],
  ["undecided", "end", "552 5.3.4 Message size exceeds fixed limit"],
  ["undecided", "end", "554 Transaction failed"],
  ["undecided", "RCPT", "554 5.7.1 Rejected for policy reasons"],
  // Yahoo, and others that close the connection.
  ["sender", "end", "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints"],
  ["undecided", "RCPT", "421 4.7.0 Try again later, closing connection."],
];
