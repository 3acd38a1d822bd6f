import type { Server } from "node:http";

/** The port that a listening server really got; null for one that listens on a socket file, or not at all. */
export function listeningPort(server: Pick<Server, "address">): number | null {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : null;
}
