import { describe, expect, test } from "vitest";
import { concernsEveryMail } from "./concerns-every-mail.ts";
import { readReply } from "./smtp-reply.ts";

/** Replies to RCPT TO as mail servers really word them. */
const aboutTheRecipient = [
  "550 5.1.1 <ann@customer.example>: Recipient address rejected: User unknown in virtual mailbox table",
  "550 5.1.1 <ann@customer.example>: Recipient address rejected: User unknown in relay recipient table",
  "550 <ann@customer.example>: Recipient address rejected: User unknown in relay recipient table",
  "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos\n550 5.1.1 gsmtp",
  "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
  "550 5.5.0 Requested action not taken: mailbox unavailable",
  "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages",
  "552 5.2.2 <ann@customer.example> User is over quota",
  "553 sorry, no mailbox here by that name (#5.1.1)",
  "556 5.1.10 <ann@customer.example>: Domain of customer.example does not accept mail (nullMX)",
  "553 5.6.7 SMTPUTF8 address not supported",
  "501 5.1.3 Bad recipient address syntax",
  "521 5.2.1 This mailbox takes no mail",
  "550 Unknown user",
  "550",
  "550 5.1.1 <relay@policy.example>: no such user",
  "550 No such user: spam@blocked.example",
  "450 4.2.0 <ann@customer.example>: Recipient address rejected: Greylisted, see http://postgrey.example/help",
  "451 4.7.1 Greylisting in action, please come back later",
  "451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)",
  "452 4.3.1 Insufficient system storage",
  "450 4.7.1 <ann@customer.example>: Recipient address rejected: Policy service is rate limited",
];

const aboutEveryMail = [
  "554 5.7.1 <ann@customer.example>: Relay access denied",
  "454 4.7.1 <ann@customer.example>: Relay access denied",
  "550 5.7.1 Unable to relay for ann@customer.example",
  "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
  "550 relay not permitted",
  "551 we do not relay",
  "513 Relaying denied.",
  "550 5.7.1 <ann@customer.example>... Relaying denied. Proper authentication required.",
  "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
  "553 sorry, that domain isn't in my list of allowed rcpthosts",
  "530 SMTP authentication is required.",
  "550 authentication required",
  "550 5.1.0 authentication required before sending",
  "550 You must authenticate first",
  "503 5.5.4 Error: send AUTH command first",
  "550 5.7.0 Must issue a STARTTLS command first",
  "504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname",
  "550 5.1.0 <csat@help.example>: Sender address rejected: User unknown in local recipient table",
  "553 5.7.1 <csat@help.example>: Sender address rejected: not owned by user csat",
  "450 4.1.8 <csat@help.example>: Sender address rejected: Domain not found",
  "550 5.1.8 Bad sender's system address",
  "550 5.1.7 invalid sender",
  "550 Sender verify failed",
  "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.dnsbl.example",
  "550 Your server is on our blacklist",
  "554 rejected for policy reasons",
  "550 SPF check failed",
  "550 too many connections today",
  "550 Access denied",
  "521 host does not accept mail",
  "421 4.3.2 Service not available",
  "550 5.7.26 This mail has been blocked because the sender is unauthenticated",
];

// S12
describe("a refusal at RCPT TO", () => {
  for (const response of aboutTheRecipient) {
    test(`is about the recipient: ${response}`, () => expect(verdict(response)).toBe(false));
  }
  for (const response of aboutEveryMail) {
    test(`is about every mail: ${response}`, () => expect(verdict(response)).toBe(true));
  }
});

function verdict(response: string): boolean | null {
  const reply = readReply(response);
  return reply === null ? null : concernsEveryMail(reply);
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
  expect(verdict(response)).toBe(false);
});
