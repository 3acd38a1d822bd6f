import type { Server } from "node:http";
import { CsatError } from "@csat/core";
import { createAdaptorServer, type ServerType } from "@hono/node-server";

/** A listening HTTP server. */
export interface Listener {
  /** `http://127.0.0.1:3000`, with the port it really got. */
  readonly origin: string;
  /** Answers requests from now on; before, they are told that the helpdesk is starting. */
  answerWith(handler: Handler): void;
  /** Takes no new request, lets running ones finish for up to 5 seconds, then cuts them off. */
  close(): Promise<void>;
}

type Handler = (request: Request) => Response | Promise<Response>;

// Connections that may wait to be accepted: a thousand customers at once are more than Node's 511.
const backlog = 4_096;

const starting: Handler = () =>
  Response.json(
    { error: { code: "starting", message: "The helpdesk is starting: try again in a moment." } },
    { status: 503, headers: { "retry-after": "1" } },
  );

/**
 * Listens on this machine alone. Before anything else is opened: so a second start finds its port busy without having
 * touched the data, and the port is known when links are built. 0 picks a free port.
 * @throws CsatError `invalid_config` when the port is taken or not allowed
 */
export function listen(port: number): Promise<Listener> {
  return new Promise((resolve, reject) => {
    let handler = starting;
    const server = createAdaptorServer({ fetch: (request: Request) => handler(request) });
    server.listen({ host: "127.0.0.1", port, backlog }, () => {
      const address = server.address();
      const given = typeof address === "object" && address !== null ? address.port : port;
      resolve({
        origin: `http://127.0.0.1:${given}`,
        answerWith: (next) => {
          handler = next;
        },
        close: () => close(server),
      });
    });
    server.once("error", (error: NodeJS.ErrnoException) => reject(portError(port, error)));
  });
}

function portError(port: number, cause: NodeJS.ErrnoException): CsatError {
  const what =
    cause.code === "EADDRINUSE"
      ? `Port ${port} is in use`
      : `Port ${port} cannot be used (${cause.code ?? cause.message})`;
  return new CsatError("invalid_config", `${what}. Choose another one, e.g. PORT=3001.`, { cause });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    // Browsers keep idle connections open for minutes.
    const patience = setTimeout(() => (server as Server).closeAllConnections(), 5_000);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
  });
}
