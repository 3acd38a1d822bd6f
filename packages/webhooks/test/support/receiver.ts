import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { certificate, certificateKey } from "./certificate.ts";

/** One request as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A real receiver on a free port of 127.0.0.1, which goes with its test. */
export async function aReceiver({
  answer = (response: ServerResponse) => void response.end(),
  secure = false,
}: {
  readonly answer?: (response: ServerResponse, arrived: Arrived) => void;
  readonly secure?: boolean;
} = {}) {
  const arrived: Arrived[] = [];
  let connections = 0;
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const one = {
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    arrived.push(one);
    answer(response, one);
  };
  const server = secure
    ? createSecureServer({ cert: certificate, key: certificateKey }, listener)
    : createServer(listener);
  server.on("connection", () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server's address is an object; it is text for pipes alone.
  const { port } = server.address() as AddressInfo;
  return {
    arrived,
    port,
    origin: `${secure ? "https" : "http"}://127.0.0.1:${port}`,
    connections: () => connections,
  };
}
