import { once } from "node:events";
import type { Clock } from "@csat/core";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { ReceivedMail } from "./inbox.ts";

/** A running SMTP server. */
export interface RunningSmtpServer {
  /** Where it listens, as Nodemailer wants it. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the server that stands for the customers' mail providers: any recipient, no login, a free port of this
 * machine. A mail counts as accepted only once `keep` has stored it; when that fails the sender is told to try again.
 */
export async function startSmtpServer(parts: {
  readonly clock: Clock;
  readonly keep: (mail: ReceivedMail) => Promise<void>;
}): Promise<RunningSmtpServer> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      readAll(stream)
        .then((raw) => parse(raw, recipients, parts.clock))
        .then(parts.keep)
        .then(
          () => done(),
          () => done(Object.assign(new Error("The mail could not be stored."), { responseCode: 451 })),
        );
    },
  });
  // Whatever a client does to its connection is its own trouble; an error nobody listens to would end the process.
  server.on("error", () => {});
  const { server: listener } = server;
  server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function parse(raw: Buffer, recipients: readonly string[], clock: Clock): Promise<ReceivedMail> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
  return {
    recipient: recipients.join(", "),
    sender: withoutNul(mail.from?.text ?? ""),
    subject: withoutNul(mail.subject ?? ""),
    text: withoutNul(mail.text ?? ""),
    html: withoutNul(mail.html || ""),
    raw: withoutNul(raw.toString("utf8")),
    receivedAt: clock.now(),
  };
}

/** Postgres keeps every character but this one. */
function withoutNul(text: string): string {
  return text.replaceAll("\u0000", "");
}
