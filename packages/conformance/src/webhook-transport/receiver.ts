import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A receiver that runs. */
export interface WebhookReceiver {
  /** `http://127.0.0.1:` and its port. */
  readonly origin: string;
  close(): Promise<void>;
}

/** One POST as it arrived. */
export interface ReceivedPost {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Raw, in UTF-8. */
  readonly body: string;
}

/**
 * Starts the receiver that the webhook cases speak with, on a free port of 127.0.0.1. Another one may take its place if
 * it answers likewise: every POST is kept, in its order, and answered by its path:
 * `/status/<code>` with that status, a body, and `Retry-After` when the query has `retry-after`;
 * `/redirect` with 302 to `/status/204`; `/slow` never; `/hang-up` by closing the connection; any other with 204.
 * `GET /received` lists what was kept as JSON: `{ path, headers, body }`, oldest first.
 */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedPost[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "GET") return void response.end(JSON.stringify(received));
    const body = await text(request);
    received.push({ path: request.url ?? "", headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://receiver.invalid");
  const status = /^\/status\/(\d{3})$/.exec(url.pathname)?.[1];
  const retryAfter = url.searchParams.get("retry-after");
  if (retryAfter !== null) response.setHeader("retry-after", retryAfter);
  if (url.pathname === "/slow") return;
  if (url.pathname === "/hang-up") return void response.destroy();
  if (url.pathname === "/redirect") return void response.writeHead(302, { location: "/status/204" }).end();
  response.writeHead(Number(status ?? 204)).end(status === "204" ? "" : "words of the receiver");
}
