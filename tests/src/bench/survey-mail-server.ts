// A mail server as a process of its own, so that its work is not taken for the worker's. Tells its parent its port, then how many mails it took.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** What this process tells its parent. */
export type FromMailServer =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "mail"; readonly messageId: string };

const answersAfterMs = Number(process.argv[2] ?? 0);
const tell = (message: FromMailServer) => process.send?.(message);

const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    let head = "";
    stream.on("data", (chunk: Buffer) => {
      if (head.length < 4_096) head += chunk.toString("latin1");
    });
    stream.on("end", async () => {
      if (answersAfterMs > 0) await once(AbortSignal.timeout(answersAfterMs), "abort");
      tell({ kind: "mail", messageId: /^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? "" });
      done();
    });
  },
});
// A worker that ends breaks its connections.
server.on("error", () => {});
server.listen(0, "127.0.0.1", () => {
  // Listening on TCP, its address is an object.
  tell({ kind: "listening", port: (server.server.address() as AddressInfo).port });
});
process.on("disconnect", () => process.exit(0));
