import { once } from "node:events";
import type { Clock } from "@csat/core";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { startBounces } from "./bounces.ts";
import type { ReceivedMail } from "./inbox.ts";

/** A running SMTP server. */
export interface RunningSmtpServer {
  /** Where it listens, as Nodemailer wants it. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Where mails arrive that are not the customers': what comes back to the helpdesk. */
export interface Mailbox {
  readonly address: string;
  readonly take: (raw: Buffer) => Promise<void>;
}

/**
 * Starts the server that stands for the customers' mail providers: any recipient, no login, a free port of this
 * machine. A mail counts as accepted only once `keep` has stored it, or `mailbox` has taken it; when that fails the sender is
 * told to try again. What is accepted for an address that begins with `bounce` comes back to its sender, a moment later.
 */
export async function startSmtpServer(parts: {
  readonly clock: Clock;
  readonly keep: (mail: ReceivedMail) => Promise<void>;
  readonly mailbox?: Mailbox;
}): Promise<RunningSmtpServer> {
  const { clock, keep, mailbox } = parts;
  let url = "";
  const bounces = startBounces(() => url);
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const sender = mailFrom === false ? "" : mailFrom.address;
      const recipients = rcptTo.map(({ address }) => address);
      const isForUs = recipients.every((address) => address === mailbox?.address);
      readAll(stream)
        .then(async (raw) => {
          if (mailbox !== undefined && isForUs) await mailbox.take(raw);
          else await keep(await parse(raw, recipients, clock));
          return raw;
        })
        .then(
          (raw) => {
            done();
            bounces.look({ sender, recipients, raw });
          },
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
  url = `smtp://127.0.0.1:${port}`;
  return {
    url,
    async close() {
      await bounces.settled();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
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
