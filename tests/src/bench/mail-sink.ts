// A mail server as a process of its own. Tells its parent its port, then when as many mails came as it was told to expect.
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** What this process tells its parent, which says how many mails it expects from now on. */
export type FromMailSink = { readonly kind: "listening"; readonly port: number } | { readonly kind: "all" };

const tell = (message: FromMailSink) => process.send?.(message);
let expected = 0;

const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    stream.on("data", () => {});
    stream.on("end", () => {
      done();
      expected -= 1;
      if (expected === 0) tell({ kind: "all" });
    });
  },
});
// A worker that ends breaks its connections.
server.on("error", () => {});
server.listen(0, "127.0.0.1", () => {
  // Listening on TCP, its address is an object.
  tell({ kind: "listening", port: (server.server.address() as AddressInfo).port });
});
process.on("message", (count: number) => {
  expected = count;
});
process.on("disconnect", () => process.exit(0));
