import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { callbackify } from "node:util";
import type { AddressObject, ParsedMail } from "mailparser";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

/** One mail as a real SMTP server took it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly parsed: ParsedMail;
}

/** A real SMTP server that keeps what it gets. */
export interface SmtpInbox {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  close(): Promise<void>;
}

/** Starts an inbox on a free port; it asks for no login and offers no encryption unless told to. */
export async function smtpInbox({
  refusal = () => undefined,
  ...options
}: SMTPServerOptions & {
  /** What to refuse the next command or content with, such as `450 4.2.0 Greylisted`; undefined takes it. */
  readonly refusal?: (at: "MAIL" | "RCPT" | "content") => string | undefined;
} = {}): Promise<SmtpInbox> {
  const mails: ReceivedMail[] = [];
  const refused = (at: "MAIL" | "RCPT" | "content"): Error | null => {
    const line = refusal(at);
    if (line === undefined) return null;
    const [code = "", ...words] = line.split(" ");
    return Object.assign(new Error(words.join(" ")), { responseCode: Number(code) });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData: callbackify(async (stream: Readable, session: SMTPServerSession) => {
      const mail = await read(stream, session);
      const error = refused("content");
      if (error !== null) throw error;
      mails.push(mail);
      return "kept";
    }),
    onMailFrom: (_address, _session, answer) => answer(refused("MAIL")),
    onRcptTo: (_address, _session, answer) => answer(refused("RCPT")),
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The inbox listens on no port.");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function read(stream: Readable, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  const raw = await buffer(stream);
  const { mailFrom, rcptTo } = envelope;
  return {
    from: mailFrom === false ? "" : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw: raw.toString("utf8"),
    parsed: await simpleParser(raw),
  };
}

/** The addresses of a header, as pairs of name and address. */
export function people(
  header: AddressObject | AddressObject[] | undefined,
): readonly (readonly [string, string])[] {
  const lists = header === undefined ? [] : [header].flat();
  return lists.flatMap(({ value }) => value.map(({ name, address }) => [name, address ?? ""] as const));
}
