import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A mail server that takes every mail. */
export interface Mailbox {
  readonly port: number;
  /** The raw mails for one address, in the order of arrival. */
  readonly mailsTo: (address: string) => readonly string[];
  /** Resolves with the first mail for an address, or with the one that comes after so many. */
  readonly arrival: (address: string, timeoutMs: number, earlier?: number) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts a mail server on a free port of this machine. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: { readonly to: string; readonly raw: string }[] = [];
  const watchers = new Set<() => void>();
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        const raw = unfolded(Buffer.concat(chunks).toString("utf8"));
        mails.push(...session.envelope.rcptTo.map(({ address }) => ({ to: address, raw })));
        done();
        for (const watch of watchers) watch();
      });
    },
  });
  server.on("error", () => {});
  const { server: listener } = server;
  server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const mailsTo = (to: string) => mails.filter((mail) => mail.to === to).map(({ raw }) => raw);
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    mailsTo,
    arrival: (to, timeoutMs, earlier = 0) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const mail = mailsTo(to)[earlier];
          if (mail === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(mail);
        };
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`No mail for ${to} arrived within ${timeoutMs / 1000} s.`));
        }, timeoutMs);
        watchers.add(look);
        look();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Quoted-printable breaks long lines, and so the links in them. */
function unfolded(raw: string): string {
  return raw
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
