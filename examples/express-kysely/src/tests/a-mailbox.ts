import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail server of the test's own and what it took, whole and as it came. */
export interface Mailbox {
  readonly url: string;
  readonly mails: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts one on a free port. */
export async function aMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      let mail = "";
      stream.on("data", (chunk: Buffer) => {
        mail += chunk.toString("utf8");
      });
      stream.on("end", () => {
        // Lines are folded by quoted-printable: links are read as a mail program reads them.
        mails.push(mail.replaceAll("=\r\n", "").replaceAll("=3D", "="));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
