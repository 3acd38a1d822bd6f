import { type SmtpMoment, type SmtpScript, type SmtpServer, startSmtpServer } from "@csat/conformance";
import type { Mail, MailOutcome } from "@csat/core";
import { createTransport } from "nodemailer";
import { nodemailerMailer } from "../../src/index.ts";
import { aMail } from "./a-mail.ts";

/** A server's script: what it does at each moment that is not as usual. */
export type Script = Partial<Record<SmtpMoment, SmtpScript>>;

/** How to send to a scripted server. */
export interface Sending {
  readonly script: Script;
  readonly transport?: object;
  readonly mail?: Partial<Mail>;
  readonly signal?: AbortSignal;
  /** Runs while the mail is under way. */
  readonly meanwhile?: (server: SmtpServer) => Promise<void>;
}

/** Sends one mail to a server that follows the script; answers with the outcome and what the server saw. */
export async function sendTo({
  script,
  transport,
  mail,
  signal,
  meanwhile,
}: Sending): Promise<{ readonly outcome: MailOutcome; readonly server: SmtpServer }> {
  const server = await startSmtpServer(script);
  const transporter = createTransport({ host: "127.0.0.1", port: server.port, ...transport });
  try {
    const mailer = nodemailerMailer({ transport: transporter, from: "csat@help.example" });
    const sending = mailer.send(aMail(mail), signal ?? new AbortController().signal);
    await meanwhile?.(server);
    const outcome = await sending;
    return { outcome, server };
  } finally {
    transporter.close();
    await server.close();
  }
}

/** The outcome in the words of the tables: who or what is to blame, without the error's text. */
export function inShort(outcome: MailOutcome): string {
  return outcome.kind === "unavailable" ? `unavailable, ${outcome.concerns}` : outcome.kind;
}
