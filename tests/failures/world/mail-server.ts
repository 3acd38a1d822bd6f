import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail that came in whole. Whether its sender heard of that depends on the server's behaviour. */
export interface ReceivedMail {
  readonly messageId: string;
  /** `t17@acme.example` is the customer of ticket `t17` of workspace `acme`. */
  readonly recipient: string;
  /** The token of its links. */
  readonly token: string;
  readonly raw: string;
  /** The name of the worker that sent it. */
  readonly sender: string;
}

/** What the server says: to a recipient before the mail, to the mail after it. A number refuses with that code. */
export interface Behavior {
  readonly onRecipient?: (address: string) => number | null;
  /** May take its time. `drop` takes the mail and breaks the connection without a word. */
  readonly onMail?: (mail: ReceivedMail) => Promise<Verdict> | Verdict;
}

/** What becomes of a mail. */
export type Verdict = "accept" | "drop" | number;

/** An SMTP server of the test's own, which misbehaves as told. */
export interface MailServer {
  readonly url: string;
  behavior: Behavior;
  /** Mails it took: accepted, or dropped after they were whole. In the order in which they came. */
  readonly taken: readonly ReceivedMail[];
  /** Mails that came in whole, whatever was said to them. */
  readonly seen: readonly ReceivedMail[];
  /** Refuses connections, and breaks those that are open. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Starts one on a free port; it accepts everything at first. `goDown` ends it. */
export async function startMailServer(): Promise<MailServer> {
  const taken: ReceivedMail[] = [];
  const seen: ReceivedMail[] = [];
  let { server, port } = await listen(0);
  const mailServer: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    behavior: {},
    taken,
    seen,
    goDown: () => new Promise((resolve) => server.close(() => resolve())),
    comeBack: async () => {
      ({ server, port } = await listen(port));
    },
  };
  return mailServer;

  async function listen(wanted: number) {
    const sockets = new Map<number, Socket>();
    const made = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      closeTimeout: 50,
      onRcptTo: ({ address }, _session, done) => {
        const code = mailServer.behavior.onRecipient?.(address) ?? null;
        done(code === null ? null : refusal(code));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", async () => {
          const raw = Buffer.concat(chunks).toString("utf8");
          const { envelope, hostNameAppearsAs: sender } = session;
          const mail = { ...readMail(raw, envelope.rcptTo[0]?.address ?? ""), sender };
          seen.push(mail);
          const verdict = (await mailServer.behavior.onMail?.(mail)) ?? "accept";
          if (typeof verdict === "number") return done(refusal(verdict));
          taken.push(mail);
          if (verdict === "drop") sockets.get(session.remotePort)?.destroy();
          else done();
        });
      },
    });
    // A client that is killed breaks its connection.
    made.on("error", () => {});
    made.server.on("connection", (socket: Socket) => {
      const { remotePort = 0 } = socket;
      sockets.set(remotePort, socket);
      socket.once("close", () => sockets.delete(remotePort));
    });
    await new Promise<void>((resolve) => made.listen(wanted, "127.0.0.1", resolve));
    // Listening on TCP, its address is an object.
    return { server: made, port: (made.server.address() as AddressInfo).port };
  }
}

function refusal(code: number): Error {
  return Object.assign(new Error("not now"), { responseCode: code });
}

function readMail(raw: string, recipient: string): Omit<ReceivedMail, "sender"> {
  const messageId = /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1];
  // Quoted-printable breaks lines with "=" and writes "=" as "=3D".
  const unfolded = raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  const token = /\/r\/([A-Za-z0-9_-]+)\?rating=1/.exec(unfolded)?.[1];
  if (messageId === undefined || token === undefined) throw new Error("A mail has no Message-ID or no link.");
  return { messageId, recipient, token, raw: unfolded };
}
