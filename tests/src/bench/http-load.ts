import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startChild } from "./child.ts";
import type { Ask, FromClient } from "./http-client.ts";

/** Requests a second that a server answers to a client with 32 keep-alive connections. */
export interface HttpLoad {
  perSecond(listener: RequestListener, ask: Pick<Ask, "requests" | "expectedStatus">): Promise<number>;
  end(): Promise<void>;
}

/** Starts the client, in a process of its own. */
export async function httpLoad(): Promise<HttpLoad> {
  const client = startChild<FromClient>("http-client.ts");
  await client.next();
  return {
    async perSecond(listener, { requests, expectedStatus }) {
      const server = createServer(listener);
      const origin = await listening(server);
      const done = client.next();
      const ask: Ask = { origin, connections: 32, requests, expectedStatus };
      client.tell(ask);
      const message = await done;
      server.closeAllConnections();
      server.close();
      if (message.kind !== "done") throw new Error("The client told something else than its figures.");
      if (message.failed > 0) throw new Error(`${message.failed} of ${requests.length} requests failed.`);
      return requests.length / (message.ms / 1_000);
    },
    end: () => client.end(),
  };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // Listening on TCP, its address is an object.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
