import { fieldOf } from "@csat/core";
import { readReply, type SmtpReply } from "./smtp-reply.ts";

/** What Nodemailer's errors say about a failed attempt, read from whatever was thrown. */
export interface MailFailure {
  /** Nodemailer's code, such as `EENVELOPE`. */
  readonly code: string | null;
  /** The command that failed: `RCPT TO`, `DATA`, `CONN` for the connection, `API` before any. */
  readonly command: string | null;
  /** The server's answer to that command. */
  readonly reply: SmtpReply | null;
  /** The system call that failed, such as `connect` or `spawn /usr/sbin/sendmail`. */
  readonly systemCall: string | null;
  /** The class of the error, for services that name their refusals in it. */
  readonly name: string | null;
  /** The status of an HTTP service's answer. */
  readonly httpStatus: number | null;
  /** Phase and codes in one line. Never the server's own words: it likes to repeat the address. */
  readonly label: string;
}

/** Reads a thrown value; what is missing or malformed is null. */
export function mailFailure(error: unknown): MailFailure {
  const code = matching(/^[A-Z][A-Z\d_]{1,39}$/, fieldOf(error, "code"));
  const command = matching(/^[A-Z][A-Z\d -]{0,29}$/, fieldOf(error, "command"));
  const reply = readReply(fieldOf(error, "response"));
  const name = matching(/^[A-Za-z]{1,60}$/, fieldOf(error, "name"));
  const status = fieldOf(fieldOf(error, "$metadata"), "httpStatusCode");
  const httpStatus = typeof status === "number" ? status : null;
  const cause = matching(/^[A-Z][A-Z\d_]{1,39}$/, fieldOf(error, "originalCode"));
  return {
    code,
    command,
    reply,
    systemCall: matching(/^[a-z]/, fieldOf(error, "syscall")),
    name,
    httpStatus,
    label: label({
      where: phase({ code, command }) ?? (httpStatus === null ? null : name),
      numbers: [reply?.code ?? httpStatus, reply?.enhanced ?? null],
      codes: [code, cause],
    }),
  };
}

/** Nodemailer calls both the command DATA and the content after it DATA, and its connection CONN. */
function phase({ code, command }: Pick<MailFailure, "code" | "command">): string | null {
  if (command === "DATA" && code === "EMESSAGE") return "content";
  return command === "CONN" ? "connection" : command;
}

function label({
  where,
  numbers,
  codes,
}: {
  readonly where: string | null;
  readonly numbers: readonly (string | number | null)[];
  readonly codes: readonly (string | null)[];
}): string {
  const known = codes.filter((code) => code !== null).join(", ");
  return [where ?? "mail", ...numbers, known === "" ? "failed" : `(${known})`]
    .filter((part) => part !== null)
    .join(" ");
}

function matching(pattern: RegExp, value: unknown): string | null {
  return typeof value === "string" && pattern.test(value) ? value : null;
}
