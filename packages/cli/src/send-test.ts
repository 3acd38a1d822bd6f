import { type Mail, type MailConcern, type MailOutcome, singleAddress } from "@csat/core";
import { attempt } from "./attempt.ts";
import type { Command } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { numberOption, requiredOption } from "./parse-arguments.ts";
import { note, say, type Terminal } from "./terminal.ts";
import { missingInConfig, usageError } from "./usage-error.ts";

/** Sends a workspace's survey mail with sample values, over the mailer that surveys use. */
export const sendTest: Command = {
  name: "send-test",
  argument: "ADDRESS",
  summary: "send the survey mail of a workspace, with sample values, to an address",
  details: ["Its links open nothing and nothing is stored. Exit code 1 when the mail was not taken."],
  options: {
    workspace: { value: "ID", help: "whose settings and texts (needed)" },
    timeout: { value: "SECONDS", help: "how long the mail server may take; 30 by default" },
  },
  async run({ config, argument, options, terminal, now }) {
    const workspaceId = requiredOption(options, "workspace");
    const timeoutMs = numberOption(options, { name: "timeout", least: 1, otherwise: 30 }) * 1_000;
    const address = singleAddress(argument);
    if (address === null) {
      throw usageError("ADDRESS must be one bare e-mail address of the internet, such as dana@example.com.");
    }
    const { csat, mailer } = config;
    if (mailer === undefined) {
      throw missingInConfig({ missing: "mailer", example: "the mailer that createCsat gets." });
    }
    const link = csat.publicUrl;
    const { workspaceName, ...content } = await csat.previewEmail(workspaceId);
    const mail: Mail = {
      ...content,
      links: { 1: link, 2: link, 3: link, 4: link, 5: link, optOut: link },
      channel: "email",
      to: { name: null, address },
      fromName: workspaceName,
      headers: { "Auto-Submitted": "auto-generated" },
      messageIdLocalPart: `csat-test-${now().getTime()}`,
      workspaceId,
    };
    // The mailer gives up by the signal; the limit is for one that does not.
    const sent = await attempt({
      timeoutMs: timeoutMs + 1_000,
      work: () => mailer.send(mail, AbortSignal.timeout(timeoutMs)),
    });
    if (sent.kind === "failed") throw sent.error;
    if (sent.kind === "done") return tell(terminal, sent.result);
    return tell(terminal, { kind: "unknown", error: "the mailer did not give up in time" });
  },
};

/** Says what became of the mail, without its address. */
function tell(terminal: Terminal, outcome: MailOutcome): ExitCode {
  switch (outcome.kind) {
    case "accepted":
      say(terminal, `The mail server took the mail (Message-ID ${outcome.messageId ?? "unknown"}).`);
      return exitCodes.fine;
    case "refused":
      note(terminal, `The mail server refuses this recipient (${outcome.error}). Correct the address.`);
      return exitCodes.findings;
    case "unavailable":
      note(
        terminal,
        `The mail server does not take this mail now (${outcome.error}). ${remedies[outcome.concerns]}`,
      );
      return exitCodes.findings;
    case "unknown":
      note(terminal, `Nobody knows whether the mail was taken (${outcome.error}). Look into the mailbox.`);
      return exitCodes.findings;
    default:
      return unknownOutcome(outcome);
  }
}

const remedies: Readonly<Record<MailConcern, string>> = {
  recipient: "It is about this recipient: try again later.",
  sender:
    "It is about the sender: check the login, the sender's address and domain, and the limits of the account.",
  route: "It is about the way there: check the server's address and whether it runs.",
  unknown: "It does not say whom it blames: look into its log, and try another recipient.",
};

function unknownOutcome(outcome: never): never {
  throw new TypeError(`The mailer answered no outcome: ${String(outcome)}`);
}
