import { mailerCases, type SmtpReply } from "@csat/conformance";
import type { Mailer, MailOutcome } from "@csat/core";
import { expect, test } from "vitest";
import { nodemailerMailer } from "../src/index.ts";
import { smtpInbox } from "./support/smtp-inbox.ts";

/** Mistakes that a mailer could make with what servers say, and the case of the kit that must notice. */
const faults: readonly (readonly [title: string, caughtBy: string, (outcome: MailOutcome) => MailOutcome])[] =
  [
    [
      "greylisting is taken for a refusal",
      "mailer/smtp/greylisted",
      (outcome) =>
        outcome.kind === "unavailable" && !outcome.everyMail
          ? { kind: "refused", error: outcome.error }
          : outcome,
    ],
    [
      "a recipient that nobody knows is tried again",
      "mailer/smtp/unknown-recipient",
      (outcome) =>
        outcome.kind === "refused"
          ? { kind: "unavailable", error: outcome.error, everyMail: false }
          : outcome,
    ],
    [
      "the trouble of the sender is the recipient's",
      "mailer/smtp/sender",
      (outcome) => (outcome.kind === "unavailable" ? { ...outcome, everyMail: false } : outcome),
    ],
    [
      "a content that was put off counts as taken",
      "mailer/smtp/content-put-off",
      (outcome) =>
        outcome.kind === "unavailable" && outcome.error.startsWith("content")
          ? { kind: "accepted", messageId: null }
          : outcome,
    ],
  ];

async function findingOf(id: string, change: (outcome: MailOutcome) => MailOutcome): Promise<string | null> {
  const replies: Partial<Record<SmtpReply["at"], string>> = {};
  const inbox = await smtpInbox({
    refusal: (at) => {
      const line = replies[at];
      delete replies[at];
      return line;
    },
  });
  const sound = nodemailerMailer({ transport: inbox.url, from: "csat@help.example" });
  const mailer: Mailer = { send: async (mail, signal) => change(await sound.send(mail, signal)) };
  try {
    await mailerCases
      .find((one) => one.id === id)
      ?.run({
        mailer,
        received: async () => inbox.mails,
        answerOnce: ({ at, line }) => {
          replies[at] = line;
        },
      });
    return null;
  } catch (error) {
    return String(error);
  } finally {
    sound.close();
    await inbox.close();
  }
}

test.each(faults)("the kit notices that %s", async (_title, caughtBy, change) => {
  expect(await findingOf(caughtBy, (outcome) => outcome)).toBeNull();
  expect(await findingOf(caughtBy, change)).toContain("AssertionError");
});
