import { describe, expect, test } from "vitest";
import type { Script } from "../test/support/send-to.ts";
import { inShort, sendTo } from "../test/support/send-to.ts";

const login = "250-mail.example\r\n250 AUTH PLAIN";
const sender = "unavailable, sender";
const route = "unavailable, route";
const undecided = "unavailable, unknown";
const recipient = "unavailable, recipient";

interface Row {
  readonly when: string;
  readonly script: Script;
  readonly outcome: string;
  readonly error: string;
}

/** What the server says, and what must follow; each row is one line of the README's table. */
const rows: readonly Row[] = [
  {
    when: "the greeting is 554",
    script: { greeting: "554 5.3.2 no mail here" },
    outcome: route,
    error: "connection 554 5.3.2 (EPROTOCOL)",
  },
  {
    when: "the greeting is 421",
    script: { greeting: "421 4.3.2 too busy" },
    outcome: route,
    error: "connection 421 4.3.2 (EPROTOCOL)",
  },
  {
    when: "EHLO and HELO are unknown",
    script: { EHLO: "502 what" },
    outcome: route,
    error: "HELO 502 (EPROTOCOL)",
  },
  {
    when: "EHLO is answered with 421",
    script: { EHLO: "421 4.3.2 shutting down" },
    outcome: route,
    error: "EHLO 421 4.3.2 (ECONNECTION)",
  },
  {
    when: "the login is refused with 535",
    script: { EHLO: login, AUTH: "535 5.7.8 wrong" },
    outcome: sender,
    error: "AUTH PLAIN 535 5.7.8 (EAUTH)",
  },
  {
    when: "the login fails for now with 454",
    script: { EHLO: login, AUTH: "454 4.7.0 later" },
    outcome: sender,
    error: "AUTH PLAIN 454 4.7.0 (EAUTH)",
  },
  {
    when: "the sender is refused with 550",
    script: { MAIL: "550 5.7.1 not yours" },
    outcome: sender,
    error: "MAIL FROM 550 5.7.1 (EENVELOPE)",
  },
  {
    when: "the sender is deferred with 451",
    script: { MAIL: "451 4.1.8 try later" },
    outcome: sender,
    error: "MAIL FROM 451 4.1.8 (EENVELOPE)",
  },
  {
    when: "a login is required at MAIL FROM",
    script: { MAIL: "530 5.7.0 authenticate" },
    outcome: sender,
    error: "MAIL FROM 530 5.7.0 (EENVELOPE)",
  },
  {
    when: "the recipient is unknown: 550",
    script: { RCPT: "550 5.1.1 unknown" },
    outcome: "refused",
    error: "RCPT TO 550 5.1.1 (EENVELOPE)",
  },
  {
    when: "the recipient is not local: 551",
    script: { RCPT: "551 user not local" },
    outcome: "refused",
    error: "RCPT TO 551 (EENVELOPE)",
  },
  {
    when: "the mailbox is full for good: 552",
    script: { RCPT: "552 5.2.2 mailbox full" },
    outcome: "refused",
    error: "RCPT TO 552 5.2.2 (EENVELOPE)",
  },
  {
    when: "the mailbox name is not allowed: 553",
    script: { RCPT: "553 5.1.3 no such name" },
    outcome: "refused",
    error: "RCPT TO 553 5.1.3 (EENVELOPE)",
  },
  {
    when: "the recipient is refused with a bare 554",
    script: { RCPT: "554 no such user" },
    outcome: "refused",
    error: "RCPT TO 554 (EENVELOPE)",
  },
  {
    when: "relaying is denied: 550 5.7.1",
    script: { RCPT: "550 5.7.1 Unable to relay" },
    outcome: sender,
    error: "RCPT TO 550 5.7.1 (EENVELOPE)",
  },
  {
    when: "relaying is denied: 554 5.7.1",
    script: { RCPT: "554 5.7.1 Relay access denied" },
    outcome: sender,
    error: "RCPT TO 554 5.7.1 (EENVELOPE)",
  },
  {
    when: "relaying is denied without an enhanced code",
    script: { RCPT: "550 relay not permitted" },
    outcome: sender,
    error: "RCPT TO 550 (EENVELOPE)",
  },
  {
    when: "a login is required at RCPT TO",
    script: { RCPT: "550 authentication required" },
    outcome: sender,
    error: "RCPT TO 550 (EENVELOPE)",
  },
  {
    when: "the recipient is greylisted: 450",
    script: { RCPT: "450 4.2.0 Greylisted" },
    outcome: recipient,
    error: "RCPT TO 450 4.2.0 (EENVELOPE)",
  },
  {
    when: "the recipient is greylisted: 451 4.7.1",
    script: { RCPT: "451 4.7.1 Greylisting in action" },
    outcome: recipient,
    error: "RCPT TO 451 4.7.1 (EENVELOPE)",
  },
  {
    when: "the mailbox is full for now: 452",
    script: { RCPT: "452 4.2.2 full" },
    outcome: recipient,
    error: "RCPT TO 452 4.2.2 (EENVELOPE)",
  },
  {
    when: "DATA is answered with 451",
    script: { DATA: "451 4.3.0 later" },
    outcome: undecided,
    error: "DATA 451 4.3.0 (EENVELOPE)",
  },
  {
    when: "DATA is answered with 554",
    script: { DATA: "554 5.5.1 no" },
    outcome: undecided,
    error: "DATA 554 5.5.1 (EENVELOPE)",
  },
  {
    when: "DATA is answered with 421",
    script: { DATA: "421 4.3.2 bye" },
    outcome: route,
    error: "DATA 421 4.3.2 (EENVELOPE)",
  },
  {
    when: "the content is deferred with 451",
    script: { end: "451 4.3.0 later" },
    outcome: undecided,
    error: "content 451 4.3.0 (EMESSAGE)",
  },
  {
    when: "the content is too large: 552",
    script: { end: "552 5.3.4 too big" },
    outcome: undecided,
    error: "content 552 5.3.4 (EMESSAGE)",
  },
  {
    when: "the content is taken for spam: 554",
    script: { end: "554 5.7.1 spam" },
    outcome: undecided,
    error: "content 554 5.7.1 (EMESSAGE)",
  },
  {
    when: "the content is answered with 421",
    script: { end: "421 4.3.2 bye" },
    outcome: route,
    error: "content 421 4.3.2 (EMESSAGE)",
  },
  {
    when: "the answer to the content is no SMTP reply",
    script: { end: "what was that" },
    outcome: "unknown",
    error: "content (EMESSAGE)",
  },
];

const auth = { user: "csat", pass: "secret" };

// S12
describe.each([
  { over: "a connection per mail", transport: { auth } },
  { over: "a pool", transport: { auth, pool: true } },
])("over $over", ({ transport }) => {
  for (const { when, script, outcome, error } of rows) {
    test(`when ${when}: ${outcome}`, async () => {
      const result = await sendTo({ script, transport });
      expect(inShort(result.outcome)).toBe(outcome);
      expect(result.outcome).toMatchObject({ error });
    });
  }

  test("a mail that the server takes is accepted, with the Message-ID that it got", async () => {
    const { outcome, server } = await sendTo({ script: {}, transport });
    expect(outcome).toEqual({ kind: "accepted", messageId: "<survey-1@help.example>" });
    expect(server.contents).toHaveLength(1);
  });
});

// S12
test("a server that takes no Unicode at MAIL FROM refuses this mail, not the sender", async () => {
  const script = { EHLO: "250-mail.example\r\n250 SMTPUTF8", MAIL: "550 5.6.7 no SMTPUTF8 here" };
  const { outcome } = await sendTo({
    script,
    mail: { to: { name: null, address: "josé@customer.example" } },
  });
  expect(inShort(outcome)).toBe(recipient);
});

describe("with commands in one batch (PIPELINING)", () => {
  const EHLO = "250-mail.example\r\n250 PIPELINING";

  // S12
  test.each([
    { RCPT: "550 5.1.1 unknown", outcome: "refused" },
    { RCPT: "550 5.7.1 Unable to relay", outcome: sender },
    { RCPT: "451 4.7.1 Greylisting in action", outcome: recipient },
    { RCPT: "421 4.3.2 bye", outcome: undecided },
  ])("the answer to RCPT TO decides, whatever DATA is answered with: $RCPT", async ({ RCPT, outcome }) => {
    for (const DATA of ["503 5.5.1 no recipients", "554 5.5.1 no valid recipients", "354 go on"]) {
      const result = await sendTo({ script: { EHLO, RCPT, DATA } });
      expect(inShort(result.outcome)).toBe(outcome);
      expect(result.server.contents.join("")).not.toContain("Tell us");
    }
  });

  // S12
  test("a refused sender is the sender's, also when the server goes on to the content", async () => {
    const { outcome, server } = await sendTo({ script: { EHLO, MAIL: "550 5.7.1 not yours" } });
    expect(inShort(outcome)).toBe(sender);
    expect(server.contents).toEqual([]);
  });
});
