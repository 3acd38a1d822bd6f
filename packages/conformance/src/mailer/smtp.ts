import type { MailOutcome } from "@csat/core";
import { expectEqual, expectPresent } from "../assertions.ts";
import type { MailerCase, MailerFixture, SmtpReply } from "../case.ts";
import { aMail, send } from "./send-and-read.ts";

/** Sends a mail to a server that says this once: answers the outcome and how many mails arrived. */
async function sendTo(
  fixture: MailerFixture,
  reply: SmtpReply,
): Promise<{ readonly outcome: MailOutcome; readonly arrived: number }> {
  expectPresent(fixture.answerOnce, "the fixture's answerOnce").call(fixture, reply);
  const before = (await fixture.received()).length;
  const outcome = await send(fixture, aMail());
  return { outcome, arrived: (await fixture.received()).length - before };
}

/** Whose trouble it is: this mail's, or that of every mail. */
function inShort(outcome: MailOutcome): string {
  if (outcome.kind !== "unavailable") return outcome.kind;
  return outcome.everyMail ? "every mail waits" : "this mail waits";
}

function smtpCase({
  id,
  rule,
  at,
  lines,
  outcome,
}: {
  readonly id: string;
  readonly rule: string;
  readonly at: SmtpReply["at"];
  readonly lines: readonly string[];
  readonly outcome: string;
}): MailerCase {
  return {
    id: `mailer/smtp/${id}`,
    rule,
    async run(fixture) {
      for (const line of lines) {
        const seen = await sendTo(fixture, { at, line });
        expectEqual(
          [inShort(seen.outcome), seen.arrived],
          [outcome, 0],
          `outcome and arrivals after ${line}`,
        );
        // The server has said it once: what is sent afterwards, or again, is taken.
        expectEqual((await send(fixture, aMail())).kind, "accepted", `the next mail after ${line}`);
      }
    },
  };
}

/** What real mail servers say. A mailer that speaks no SMTP names all of these as known. */
export const smtpCases: readonly MailerCase[] = [
  smtpCase({
    id: "greylisted",
    rule: "A recipient that is put off with 450, 451 or 452, as greylisting does, is not refused: this mail may be taken later.",
    at: "RCPT",
    lines: ["450 4.2.0 Greylisted", "451 4.7.1 Greylisting in action, try again", "452 4.2.2 Mailbox full"],
    outcome: "this mail waits",
  }),
  smtpCase({
    id: "unknown-recipient",
    rule: "A recipient that the server does not know is refused for good.",
    at: "RCPT",
    lines: ["550 5.1.1 No such user", "553 5.1.3 Bad address"],
    outcome: "refused",
  }),
  smtpCase({
    id: "relaying",
    rule: "A refusal at the recipient that is about relaying or a login is everybody's trouble, not the recipient's.",
    at: "RCPT",
    lines: ["550 5.7.1 Unable to relay", "554 5.7.1 Relay access denied", "550 authentication required"],
    outcome: "every mail waits",
  }),
  smtpCase({
    id: "sender",
    rule: "A refusal of the sender, for now or for good, is everybody's trouble.",
    at: "MAIL",
    lines: ["451 4.1.8 Try later", "550 5.7.1 Not yours", "421 4.3.2 Too many connections"],
    outcome: "every mail waits",
  }),
  smtpCase({
    id: "content-put-off",
    rule: "A content that is put off when it has ended was not taken: this mail may be taken later.",
    at: "content",
    lines: ["451 4.3.0 Try later", "452 4.3.1 Insufficient storage"],
    outcome: "this mail waits",
  }),
];

/** All cases about SMTP as `known` of a harness, for a mailer that speaks none, with the reason why. */
export function knownWithoutSmtp(reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(smtpCases.map(({ id }) => [id, reason]));
}
