import { describe, expect, test } from "vitest";
import { outcomeOfReply, type SmtpStage } from "./outcome-of-reply.ts";
import { readReply } from "./smtp-reply.ts";

/** Replies as servers really word them, and what they mean at the stage of the list: `refused`, or what they concern. */
type Row = readonly [outcome: "refused" | "recipient" | "sender" | "route" | "unknown", response: string];

const atRecipient: readonly Row[] = [
  [
    "refused",
    "550 5.1.1 <ann@customer.example>: Recipient address rejected: User unknown in virtual mailbox table",
  ],
  [
    "refused",
    "550 5.1.1 <ann@customer.example>: Recipient address rejected: User unknown in relay recipient table",
  ],
  [
    "refused",
    "550 <ann@customer.example>: Recipient address rejected: User unknown in relay recipient table",
  ],
  [
    "refused",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos\n550 5.1.1 gsmtp",
  ],
  ["refused", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"],
  ["refused", "550 5.5.0 Requested action not taken: mailbox unavailable"],
  [
    "refused",
    "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages",
  ],
  ["refused", "552 5.2.2 <ann@customer.example> User is over quota"],
  ["refused", "553 sorry, no mailbox here by that name (#5.1.1)"],
  ["refused", "556 5.1.10 <ann@customer.example>: Domain of customer.example does not accept mail (nullMX)"],
  ["refused", "553 5.6.7 SMTPUTF8 address not supported"],
  ["refused", "501 5.1.3 Bad recipient address syntax"],
  ["refused", "521 5.2.1 This mailbox takes no mail"],
  ["refused", "550 Unknown user"],
  ["refused", "550"],
  ["refused", "550 5.1.1 <relay@policy.example>: no such user"],
  ["refused", "550 No such user: spam@blocked.example"],
  [
    "recipient",
    "450 4.2.0 <ann@customer.example>: Recipient address rejected: Greylisted, see http://postgrey.example/help",
  ],
  ["recipient", "451 4.7.1 Greylisting in action, please come back later"],
  ["unknown", "451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)"],
  ["unknown", "452 4.3.1 Insufficient system storage"],
  ["unknown", "450 4.7.1 <ann@customer.example>: Recipient address rejected: Policy service is rate limited"],
  ["sender", "554 5.7.1 <ann@customer.example>: Relay access denied"],
  ["sender", "454 4.7.1 <ann@customer.example>: Relay access denied"],
  ["sender", "550 5.7.1 Unable to relay for ann@customer.example"],
  ["sender", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"],
  ["sender", "550 relay not permitted"],
  ["sender", "551 we do not relay"],
  ["sender", "513 Relaying denied."],
  ["sender", "550 5.7.1 <ann@customer.example>... Relaying denied. Proper authentication required."],
  ["sender", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  ["sender", "553 sorry, that domain isn't in my list of allowed rcpthosts"],
  ["sender", "530 SMTP authentication is required."],
  ["sender", "550 authentication required"],
  ["sender", "550 5.1.0 authentication required before sending"],
  ["sender", "550 You must authenticate first"],
  ["sender", "503 5.5.4 Error: send AUTH command first"],
  ["sender", "550 5.7.0 Must issue a STARTTLS command first"],
  ["sender", "504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname"],
  ["sender", "550 5.1.0 <csat@help.example>: Sender address rejected: User unknown in local recipient table"],
  ["sender", "553 5.7.1 <csat@help.example>: Sender address rejected: not owned by user csat"],
  ["sender", "450 4.1.8 <csat@help.example>: Sender address rejected: Domain not found"],
  ["sender", "550 5.1.8 Bad sender's system address"],
  ["sender", "550 5.1.7 invalid sender"],
  ["sender", "550 Sender verify failed"],
  ["sender", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.dnsbl.example"],
  ["sender", "550 Your server is on our blacklist"],
  ["unknown", "554 rejected for policy reasons"],
  ["sender", "550 SPF check failed"],
  ["unknown", "550 too many connections today"],
  ["unknown", "550 Access denied"],
  ["unknown", "521 host does not accept mail"],
  ["route", "421 4.3.2 Service not available"],
  ["sender", "550 5.7.26 This mail has been blocked because the sender is unauthenticated"],
];

const atContent: readonly Row[] = [
  [
    "sender",
    "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to support",
  ],
  ["sender", "550-5.4.5 Daily SMTP relay sending limit exceeded for customer. gsmtp"],
  ["sender", "454 Throttling failure: Maximum sending rate exceeded."],
  ["sender", "454 Throttling failure: Daily message quota exceeded."],
  [
    "sender",
    "554 Message rejected: Email address is not verified. The following identities failed the check in region US-EAST-1: csat@help.example",
  ],
  [
    "sender",
    "554 Access denied: User `arn:aws:iam::1:user/csat' is not authorized to perform `ses:SendRawEmail'",
  ],
  ["sender", "554 Message rejected: Sending paused for this account. For more information, check the inbox"],
  [
    "sender",
    "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.",
  ],
  ["sender", "451 You have exceeded your messaging limits"],
  [
    "sender",
    "554 5.2.252 SendAsDenied; csat@help.example not allowed to send as info@help.example; STOREDRV.Submission.Exception:SendAsDeniedException",
  ],
  ["sender", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"],
  ["sender", "550-5.7.26 This mail has been blocked because the sender is unauthenticated. gsmtp"],
  ["sender", "550 5.7.1 The 'From' address supplied is not a Sender Signature on your account."],
  ["sender", "552 5.7.0 quota exceeded"],
  ["sender", "552 sending quota exceeded"],
  ["sender", "552 Requested mail action aborted: quota exceeded"],
  [
    "sender",
    "550 5.7.1 Domain help.example is not allowed to send: Sandbox subdomains are for test purposes only",
  ],
  ["sender", "550 5.7.509 Access denied, sending domain help.example does not pass DMARC verification"],
  ["sender", "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains"],
  ["sender", "554 5.1.8 Access denied, bad outbound sender AS(42003)"],
  ["sender", "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"],
  ["sender", "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; your account is blocked"],
  ["sender", "550 5.7.0 Not enough credits to send this message"],
  ["sender", "530 5.7.57 Client not authenticated to send mail"],
  ["recipient", "550 5.1.1 <ann@customer.example> User unknown"],
  ["recipient", "552 5.2.2 <ann@customer.example> mailbox quota exceeded"],
  ["unknown", "554 5.7.1 Message contains spam"],
  ["unknown", "550 5.7.1 Message rejected under suspicion of SPAM"],
  ["unknown", "552 5.3.4 Message size exceeds fixed maximum message size"],
  ["unknown", "451 4.3.0 Try later"],
  ["unknown", "452 4.3.1 Insufficient system storage"],
  ["unknown", "550 Transaction failed"],
  ["unknown", "554 Transaction failed: Missing final '@domain'"],
  ["route", "421 4.3.2 Service shutting down"],
  ["unknown", "421 4.7.0 bye"],
];

const atOthers: readonly (readonly [SmtpStage, ...Row])[] = [
  ["connection", "route", "554 5.3.2 no mail here"],
  ["connection", "route", "421 4.3.2 too busy"],
  ["connection", "sender", "530 5.7.0 Must issue a STARTTLS command first"],
  ["login", "sender", "535 5.7.8 wrong"],
  ["login", "route", "454 4.3.0 Temporary authentication failure"],
  ["login", "sender", "454 4.7.0 Too many login attempts"],
  ["login", "sender", "534-5.7.9 Application-specific password required"],
  ["sender", "sender", "550 5.7.1 not yours"],
  ["sender", "sender", "451 4.1.8 try later"],
  ["sender", "route", "421 4.3.2 Too many connections"],
  ["sender", "sender", "421 4.7.28 your IP address sends at an unusual rate"],
  ["sender", "recipient", "550 5.6.7 no SMTPUTF8 here"],
  ["sender", "unknown", "552 5.3.4 too large"],
  ["sender", "route", "452 4.3.1 Insufficient system storage"],
  [
    "sender",
    "sender",
    "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
  ],
];

// S12
describe.each([
  ["recipient", atRecipient],
  ["content", atContent],
] as const)("a refusal at the %s", (at, rows) => {
  test.each(rows)("is %s: %s", (outcome, response) => expect(verdict(at, response)).toBe(outcome));
});

// S12
test.each(atOthers)("a refusal at the %s is %s: %s", (at, outcome, response) => {
  expect(verdict(at, response)).toBe(outcome);
});

function verdict(at: SmtpStage, response: string): string | null {
  const reply = readReply(response);
  if (reply === null) return null;
  const outcome = outcomeOfReply({ reply, at, label: "x" });
  return outcome.kind === "unavailable" ? outcome.concerns : outcome.kind;
}

test("what is no refusal is no reply here", () => {
  const responses = ["250 ok", "354 go on", "55", "5500 what", "", undefined, 550];
  expect(responses.map((response) => readReply(response))).toEqual(responses.map(() => null));
});

test("an enhanced code of another class than the reply is not believed", () => {
  expect(readReply("550 4.7.1 odd")).toMatchObject({ code: 550, enhanced: null });
});

test("a megabyte of reply is judged by its beginning", () => {
  const response = `550 no such user ${"x".repeat(1_000_000)} relay access denied`;
  expect(verdict("recipient", response)).toBe("refused");
});
