import { describe, expect, test } from "vitest";
import { fateOfDelivery } from "./fate-of-delivery.ts";

/** What a report says, and what it means: `permanent`, `passing` or nothing, with the code that is told. */
type Row = readonly [
  action: string | null,
  status: string | null,
  diagnostic: string | null,
  means: "permanent" | "passing" | null,
  code: string | null,
];

const rows: readonly Row[] = [
  ["failed", "5.1.1", null, "permanent", "5.1.1"],
  ["Failed", "5.1.1 (bad mailbox)", "smtp; 550 no such user", "permanent", "5.1.1"],
  ["failed", "5.4.4", "X-Postfix; Host or domain name not found", "permanent", "5.4.4"],
  ["failed", "5.0.0", "smtp; 550 5.1.1 no such user", "permanent", "5.0.0"],
  ["failed", "4.4.7", "smtp;550 4.4.7 QUEUE.Expired; message expired", "passing", "4.4.7"],
  ["failed", "4.2.2", "smtp; 452 4.2.2 mailbox full", "passing", "4.2.2"],
  // Given up after days, whatever class the report is of: Exim, Exchange Online, Cisco.
  ["failed", "5.0.0", "smtp; 451 4.3.0 Try again later", "passing", "5.0.0"],
  ["failed", "5.0.0", "smtp; 450 <ann@customer.example.net>: unknown user, greylisted", "passing", "5.0.0"],
  ["failed", "5.4.300", "smtp;550 5.4.300 Message expired -> 421 4.4.1 timed out", "passing", "5.4.300"],
  ["failed", "5.4.316", null, "passing", "5.4.316"],
  ["failed", "5.4.7", "smtp; 5.4.7 - Delivery expired (message too old) 'timeout'", "passing", "5.4.7"],
  ["failed", "5.0.0", "smtp; 550 retry timeout exceeded", "passing", "5.0.0"],
  ["failed", "5.4.14", "smtp;554 5.4.14 Hop count exceeded - possible mail loop", "permanent", "5.4.14"],
  ["failed", "5.2.1", "smtp; 550 5.2.1 The account has expired", "permanent", "5.2.1"],
  // Of the mail, not of whom it is for.
  ["failed", "5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit", "passing", "5.3.4"],
  ["failed", "5.6.0", "smtp; 554 5.6.0 Message content rejected", "passing", "5.6.0"],
  ["failed", "5.6.11", null, "passing", "5.6.11"],
  ["failed", "5.6.7", "smtp; 553 5.6.7 SMTPUTF8 address not supported", "permanent", "5.6.7"],
  // The code is in the reply alone.
  ["failed", null, "smtp; 550 5.1.1 no such user", "permanent", "5.1.1"],
  ["failed", "none", "smtp; 550-5.1.1 no such user", "permanent", "5.1.1"],
  ["failed", null, "smtp; 550 #5.1.0 Address rejected.", "permanent", "5.1.0"],
  ["failed", null, "host mx.example.net [203.0.113.9] said: 550 no such user", "permanent", null],
  ["failed", null, "550", "permanent", null],
  ["failed", null, "smtp; 450 try later", "passing", null],
  ["failed", null, "smtp; 550 4.4.7 expired", "passing", "4.4.7"],
  // Figures that are no codes.
  ["failed", null, "x-unix; no answer from 203.0.113.550 after 500 seconds", "passing", null],
  ["failed", "5.1", "program version 5.10.2.1", "passing", null],
  ["failed", null, null, "passing", null],
  // What is not the recipient's fault.
  ["failed", "5.7.26", "smtp; 550-5.7.26 the sender is unauthenticated", "passing", "5.7.26"],
  [
    "failed",
    "5.7.1",
    "smtp; 554 5.7.1 Client host [198.51.100.7] blocked using zen.dnsbl.example",
    "passing",
    "5.7.1",
  ],
  ["failed", "5.0.0", "smtp; 550 5.7.1 Relaying denied", "passing", "5.0.0"],
  ["failed", "5.1.8", "smtp; 553 5.1.8 Sender address rejected: Domain not found", "passing", "5.1.8"],
  ["failed", "5.4.5", "smtp; 550 5.4.5 Daily user sending limit exceeded", "passing", "5.4.5"],
  ["failed", "5.7.1", null, "passing", "5.7.1"],
  // A group that takes mail from its own company alone.
  [
    "failed",
    "5.7.1",
    "smtp;550 5.7.1 RESOLVER.RST.AuthRequired; authentication required",
    "permanent",
    "5.7.1",
  ],
  // Waiting.
  ["delayed", "4.4.1", null, "passing", "4.4.1"],
  ["delayed", "5.1.1", "smtp; 550 5.1.1 odd", "passing", "5.1.1"],
  ["delayed", null, null, "passing", null],
  // Arrived, or went on.
  ["delivered", "2.0.0", "smtp; 250 ok", null, null],
  ["relayed", "2.0.0", null, null, null],
  ["expanded", "2.0.0", null, null, null],
  ["delivered", "5.1.1", null, null, null],
  // The action is missing or in another language.
  [null, "5.1.1", null, "permanent", "5.1.1"],
  ["fehlgeschlagen", "5.1.1", null, "permanent", "5.1.1"],
  [null, "4.4.1", null, "passing", "4.4.1"],
  [null, "2.0.0", null, null, null],
  [null, null, null, null, null],
];

// S73
describe("what a report's fields mean", () => {
  test.each(rows)(
    "Action %s, Status %s, Diagnostic-Code %s: %s",
    (action, status, diagnostic, means, code) => {
      expect(fateOfDelivery({ action, status, diagnostic })).toEqual(
        means === null ? null : { kind: "bounced", isPermanent: means === "permanent", status: code },
      );
    },
  );
});
