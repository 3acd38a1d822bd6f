// A receiver of webhooks as a process of its own. Tells its parent its port, then when as many requests came as it was told to expect.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What this process tells its parent, which says how many requests it expects from now on. */
export type FromRequestSink =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "all" };

const tell = (message: FromRequestSink) => process.send?.(message);
let expected = 0;

const server = createServer((incoming, outgoing) => {
  incoming.resume();
  incoming.on("end", () => {
    outgoing.writeHead(204).end();
    expected -= 1;
    if (expected === 0) tell({ kind: "all" });
  });
});
// A connection that is idle between two rounds stays: the next delivery over it would fail and come again much later.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  // Listening on TCP, its address is an object.
  tell({ kind: "listening", port: (server.address() as AddressInfo).port });
});
process.on("message", (count: number) => {
  expected = count;
});
process.on("disconnect", () => process.exit(0));
