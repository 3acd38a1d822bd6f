import { mailerCases, startSmtpServer } from "@csat/conformance";
import type { Mailer, MailOutcome } from "@csat/core";
import { expect, test } from "vitest";
import { nodemailerMailer } from "../src/index.ts";

/** Mistakes that a mailer could make with what servers say, and the case of the kit that must notice. */
const faults: readonly (readonly [title: string, caughtBy: string, (outcome: MailOutcome) => MailOutcome])[] =
  [
    [
      "greylisting is taken for a refusal",
      "mailer/smtp/greylisted",
      (outcome) =>
        outcome.kind === "unavailable" && outcome.concerns === "recipient"
          ? { kind: "refused", error: outcome.error }
          : outcome,
    ],
    [
      "a recipient that nobody knows is tried again",
      "mailer/smtp/unknown-recipient",
      (outcome) =>
        outcome.kind === "refused"
          ? { kind: "unavailable", error: outcome.error, concerns: "recipient" }
          : outcome,
    ],
    [
      "the trouble of the sender is the recipient's",
      "mailer/smtp/sender",
      (outcome) => (outcome.kind === "unavailable" ? { ...outcome, concerns: "recipient" } : outcome),
    ],
    [
      "a limit of the sender is the recipient's",
      "mailer/smtp/sender-at-the-end",
      (outcome) => (outcome.kind === "unavailable" ? { ...outcome, concerns: "recipient" } : outcome),
    ],
    [
      "a recipient at whom a server falls silent holds up everybody",
      "mailer/smtp/silent-after-data",
      (outcome) => (outcome.kind === "unavailable" ? { ...outcome, concerns: "route" } : outcome),
    ],
    [
      "an abort after the content counts as not taken",
      "mailer/smtp/silent-after-the-content",
      (outcome) =>
        outcome.kind === "unknown"
          ? { kind: "unavailable", error: outcome.error, concerns: "unknown" }
          : outcome,
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
  const smtp = await startSmtpServer();
  const sound = nodemailerMailer({ transport: smtp.url, from: "csat@help.example" });
  const mailer: Mailer = { send: async (mail, signal) => change(await sound.send(mail, signal)) };
  try {
    await mailerCases
      .find((one) => one.id === id)
      ?.run({ mailer, smtp, received: async () => smtp.contents.map((raw) => ({ raw })) });
    return null;
  } catch (error) {
    return String(error);
  } finally {
    sound.close();
    await smtp.close();
  }
}

test.each(faults)("the kit notices that %s", async (_title, caughtBy, change) => {
  expect(await findingOf(caughtBy, (outcome) => outcome)).toBeNull();
  expect(await findingOf(caughtBy, change)).toContain("AssertionError");
});
