import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { Ending } from "./a-system.ts";

/** What a receiver answers. Null: nothing, the connection stays open. */
export type ReceiverAnswer = { readonly status: number; readonly headers?: Record<string, string> } | null;

/** A receiver of webhooks of the test's own, which misbehaves as told. */
export interface TestReceiver {
  readonly url: string;
  readonly port: number;
  readonly secret: string;
  answer: ReceiverAnswer;
  /** Ids of the events it took and whose signature was right, one for each time. */
  readonly taken: readonly string[];
  /** Requests that came in, whatever was answered. */
  requests(): number;
  /** Connections that were opened to it. */
  connections(): number;
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1; it answers 204 at first, and ends with the test. */
export async function startReceiver({ onTestFinished }: Ending): Promise<TestReceiver> {
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  const verifier = new Webhook(secret);
  const taken: string[] = [];
  let requests = 0;
  let connections = 0;
  const server = createServer(async (incoming, response) => {
    requests++;
    const body = await textOf(incoming);
    const { answer } = receiver;
    if (answer === null) return;
    if (answer.status < 300) {
      verifier.verify(body, {
        "webhook-id": `${incoming.headers["webhook-id"]}`,
        "webhook-timestamp": `${incoming.headers["webhook-timestamp"]}`,
        "webhook-signature": `${incoming.headers["webhook-signature"]}`,
      });
      taken.push(`${incoming.headers["webhook-id"]}`);
    }
    response.writeHead(answer.status, answer.headers).end();
  });
  server.on("connection", () => {
    connections++;
  });
  const listen = (wanted: number) =>
    new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const goDown = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  onTestFinished(() => goDown());
  // Listening on TCP, its address is an object.
  const { port } = server.address() as AddressInfo;
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    secret,
    answer: { status: 204 },
    taken,
    requests: () => requests,
    connections: () => connections,
    goDown,
    comeBack: () => listen(port),
  };
  return receiver;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
