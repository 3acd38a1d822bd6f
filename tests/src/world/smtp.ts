import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A real SMTP server of the test's own, on a free port. */
export interface TestSmtpServer {
  readonly url: string;
  readonly port: number;
  /** Mails that it accepted, as they came over the wire. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** Accepts every mail without login, unless `options` say otherwise. Port 0 takes a free one. */
export async function startSmtpServer({
  port = 0,
  options = {},
}: {
  readonly port?: number;
  readonly options?: SMTPServerOptions;
} = {}): Promise<TestSmtpServer> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString("utf8"));
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  // Listening on TCP, its address is an object.
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The Message-ID of a mail as it came over the wire. */
export function messageIdOf(mail: string): string {
  const id = /^message-id:\s*(<[^>]+>)/im.exec(mail)?.[1];
  if (id === undefined) throw new Error("The mail has no Message-ID.");
  return id;
}
