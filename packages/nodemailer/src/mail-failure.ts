import { fieldOf } from "@csat/core";
import { readReply, type SmtpReply } from "@csat/core/mail-errors";

/** What Nodemailer's errors say about a failed attempt, read from whatever was thrown. */
export interface MailFailure {
  /** Nodemailer's code, such as `EENVELOPE`. */
  readonly code: string | null;
  /** The command that failed: `RCPT TO`, `DATA`, `CONN` for the connection, `API` before any. */
  readonly command: string | null;
  /** The server's answer to that command. */
  readonly reply: SmtpReply | null;
  /** True when no connection was made: the system said so, or the server could not prove who it is. */
  readonly wasNeverConnected: boolean;
  /** Phase and codes in one line. Never the server's own words: it likes to repeat the address. */
  readonly label: string;
}

/** Reads a thrown value; what is missing or malformed is null. */
export function mailFailure(error: unknown): MailFailure {
  const code = matching(/^[A-Z][A-Z\d_]{1,39}$/, fieldOf(error, "code"));
  const command = matching(/^[A-Z][A-Z\d -]{0,29}$/, fieldOf(error, "command"));
  const reply = readReply(fieldOf(error, "response"));
  const cause = matching(/^[A-Z][A-Z\d_]{1,39}$/, fieldOf(error, "originalCode"));
  return {
    code,
    command,
    reply,
    wasNeverConnected:
      /^(connect|getaddrinfo)\b/.test(String(fieldOf(error, "syscall"))) ||
      /CERT|SSL|UNABLE_TO/.test(`${code} ${cause}`),
    label: label({
      where: phase({ code, command }),
      numbers: [reply?.code ?? null, reply?.enhanced ?? null],
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
