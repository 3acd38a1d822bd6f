import {
  type FailedOutcome,
  outcomeOfReply,
  outcomeOfServiceError,
  type SmtpStage,
} from "@csat/core/mail-errors";
import { type MailFailure, mailFailure } from "./mail-failure.ts";

/**
 * Turns what Nodemailer threw into an outcome. A server's answer to a command decides first; without one it counts
 * whether content may have left: if not, nothing was taken; if so, nobody knows.
 */
export function outcomeOfFailure({
  error,
  contentMayHaveLeft,
}: {
  readonly error: unknown;
  readonly contentMayHaveLeft: boolean;
}): FailedOutcome {
  const failure = mailFailure(error);
  const { label, code, command, reply } = failure;
  const at = stageOf(command);
  if (reply !== null && at !== null) return outcomeOfReply({ reply, at, label });
  if (command === null) {
    const byService = outcomeOfServiceError(error);
    if (byService.kind !== "unknown") return byService;
  }
  if (contentMayHaveLeft && !isBeforeContent(failure)) return { kind: "unknown", error: label };
  return { kind: "unavailable", error: label, concerns: concerned.get(code ?? "") ?? concernedAt(failure) };
}

/** Null for the connection, whose trouble a reply may merely have preceded, and for what no command was the cause of. */
function stageOf(command: string | null): SmtpStage | null {
  if (command === null || command === "CONN" || command === "API") return null;
  if (command.startsWith("AUTH")) return "login";
  return stages.get(command) ?? "connection";
}

const stages: ReadonlyMap<string, SmtpStage> = new Map([
  ["MAIL FROM", "sender"],
  ["RCPT TO", "recipient"],
  ["DATA", "content"],
]);

/**
 * A server that breaks off, or falls silent, where it was told of a recipient may mind that one alone. Nodemailer says
 * CONN of a connection that was never made, and of one that broke at any command.
 */
function concernedAt({ command, code, wasNeverConnected }: MailFailure): "route" | "unknown" {
  const mayHaveNamed =
    command === "RCPT TO" ||
    command === "DATA" ||
    (command === "CONN" && (code === "ECONNECTION" || code === "ESOCKET" || code === "ETIMEDOUT"));
  return mayHaveNamed && !wasNeverConnected ? "unknown" : "route";
}

/** Codes that Nodemailer uses before the content alone. Some versions drain a mail after them, which looks like sending. */
const beforeContent: ReadonlySet<string> = new Set([
  "EAUTH",
  "ECONFIG",
  "EDNS",
  "EENVELOPE",
  "EMAXRECIPIENTS",
  "ENOAUTH",
  "EOAUTH2",
  "EPROXY",
  "EREQUIRETLS",
  "ETLS",
]);

function isBeforeContent({ code, command }: MailFailure): boolean {
  return (code !== null && beforeContent.has(code)) || (code === "EMESSAGE" && command !== "DATA");
}

/** No login; no valid envelope; too large or not composable, which may be this mail's alone. */
const concerned: ReadonlyMap<string, "sender" | "recipient" | "unknown"> = new Map([
  ["EAUTH", "sender"],
  ["ENOAUTH", "sender"],
  ["EOAUTH2", "sender"],
  ["EENVELOPE", "recipient"],
  ["EMAXRECIPIENTS", "recipient"],
  ["EFILEACCESS", "unknown"],
  ["EMESSAGE", "unknown"],
  ["ESTREAM", "unknown"],
  ["EURLACCESS", "unknown"],
]);
