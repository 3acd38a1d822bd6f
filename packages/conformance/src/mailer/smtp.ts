import type { MailOutcome } from "@csat/core";
import { expectEqual, expectPresent, expectTrue } from "../assertions.ts";
import type { MailerCase, MailerFixture } from "../case.ts";
import { aMail, send } from "./send-and-read.ts";
import { drop, hang, type SmtpMoment, type SmtpReaction } from "./smtp-server.ts";

/** What may be said of a mail: its fate, and of one that was not taken what it concerns. */
type Verdict = "refused" | "unknown fate" | "recipient" | "sender" | "route" | "unknown";

/** Nothing was taken, and the recipient is not to blame. */
const notTheRecipient: readonly Verdict[] = ["sender", "route", "unknown"];

function verdictOf(outcome: MailOutcome): Verdict | "accepted" {
  if (outcome.kind === "unavailable") return outcome.concerns;
  return outcome.kind === "unknown" ? "unknown fate" : outcome.kind;
}

interface SmtpCase {
  readonly id: string;
  readonly rule: string;
  readonly at: SmtpMoment;
  /** Tried one after the other. */
  readonly says: readonly SmtpReaction[];
  readonly verdicts: readonly Verdict[];
}

/** Sends a mail to a server that reacts so once. Where it falls silent, the send is aborted as soon as it is there. */
async function sendOnce(fixture: MailerFixture, { at, says }: { at: SmtpMoment; says: SmtpReaction }) {
  const smtp = expectPresent(fixture.smtp, "the fixture's smtp");
  smtp.once(at, says);
  const aborting = new AbortController();
  if (says === hang) void smtp.reached(at).then(() => aborting.abort());
  return fixture.mailer.send(aMail(), aborting.signal);
}

function smtpCase({ id, rule, at, says, verdicts }: SmtpCase): MailerCase {
  return {
    id: `mailer/smtp/${id}`,
    rule,
    async run(fixture) {
      for (const one of says) {
        const before = (await fixture.received()).length;
        const outcome = await sendOnce(fixture, { at, says: one });
        const verdict = verdictOf(outcome);
        const said = typeof one === "string" ? one : `${one.description} at ${at}`;
        expectTrue(
          verdicts.some((allowed) => allowed === verdict),
          `after ${said} a mail is ${verdicts.join(" or ")}, not ${verdict}`,
        );
        if (outcome.kind === "unavailable" && at !== "end")
          expectEqual((await fixture.received()).length, before, `mails that arrived after ${said}`);
        // The server has said it once: what is sent afterwards, or again, is taken.
        expectEqual((await send(fixture, aMail())).kind, "accepted", `the next mail after ${said}`);
      }
    },
  };
}

/** What real mail servers say. A mailer that speaks no SMTP names all of these as known. */
export const smtpCases: readonly MailerCase[] = [
  smtpCase({
    id: "greylisted",
    rule: "A recipient that is put off with 450, 451 or 452, as greylisting does, is not refused: the mail may be taken later, and nobody else's waits.",
    at: "RCPT",
    says: ["450 4.2.0 Greylisted", "451 4.7.1 Greylisting in action, try again", "452 4.2.2 Mailbox full"],
    verdicts: ["recipient"],
  }),
  smtpCase({
    id: "unknown-recipient",
    rule: "A recipient that the server does not know is refused for good.",
    at: "RCPT",
    says: ["550 5.1.1 No such user", "553 5.1.3 Bad address"],
    verdicts: ["refused"],
  }),
  smtpCase({
    id: "relaying",
    rule: "A refusal at the recipient that is about relaying or a login is not the recipient's.",
    at: "RCPT",
    says: ["550 5.7.1 Unable to relay", "554 5.7.1 Relay access denied", "550 authentication required"],
    verdicts: notTheRecipient,
  }),
  smtpCase({
    id: "sender",
    rule: "A refusal of the sender, for now or for good, is not the recipient's.",
    at: "MAIL",
    says: ["451 4.1.8 Try later", "550 5.7.1 Not yours", "421 4.3.2 Too many connections"],
    verdicts: notTheRecipient,
  }),
  smtpCase({
    id: "sender-at-the-end",
    rule: "A limit of the sender or a sender that nobody verified, said when the content has ended, is not the recipient's.",
    at: "end",
    says: ["550 5.4.5 Daily sending limit exceeded", "554 Message rejected: Email address is not verified."],
    verdicts: notTheRecipient,
  }),
  smtpCase({
    id: "content-put-off",
    rule: "A content that is put off when it has ended was not taken: the mail may be taken later.",
    at: "end",
    says: ["451 4.3.0 Try later", "452 4.3.1 Insufficient storage"],
    verdicts: ["recipient", "unknown", "route"],
  }),
  smtpCase({
    id: "no-recipients-at-data",
    rule: "A refusal of DATA took nothing, and is final for nobody.",
    at: "DATA",
    says: ["451 4.3.0 Try later", "554 5.5.1 No valid recipients"],
    verdicts: ["recipient", "unknown", "route"],
  }),
  smtpCase({
    id: "broken-before-the-content",
    rule: "A connection that breaks before the content took nothing, and the recipient is not to blame.",
    at: "MAIL",
    says: [drop],
    verdicts: notTheRecipient,
  }),
  ...(["RCPT", "DATA"] as const).map((at) =>
    smtpCase({
      id: `silent-after-${at.toLowerCase()}`,
      rule: `A server that falls silent after ${at} until the send is aborted took nothing. It may be down, or mind this recipient: nobody knows.`,
      at,
      says: [hang],
      verdicts: ["unknown"],
    }),
  ),
  smtpCase({
    id: "silent-after-the-content",
    rule: "An abort after the content has gone out leaves open whether the mail was taken.",
    at: "end",
    says: [hang],
    verdicts: ["unknown fate"],
  }),
  smtpCase({
    id: "broken-after-the-content",
    rule: "A connection that breaks after the content has gone out leaves open whether the mail was taken.",
    at: "end",
    says: [drop],
    verdicts: ["unknown fate"],
  }),
];

/** All cases about SMTP as `known` of a harness, for a mailer that speaks none, with the reason why. */
export function knownWithoutSmtp(reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(smtpCases.map(({ id }) => [id, reason]));
}
