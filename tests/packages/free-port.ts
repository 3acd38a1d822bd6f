import { once } from "node:events";
import { createServer } from "node:net";

/** A port of this machine on which nobody listens now: `wanted` when that is free. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  try {
    // Without an address: a port that is taken on one of them is taken.
    await once(server.listen(wanted), "listening");
  } catch {
    return await freePort();
  }
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
