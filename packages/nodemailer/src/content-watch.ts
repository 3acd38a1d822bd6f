import { Readable } from "node:stream";
import type { NodemailerTransporter } from "./nodemailer-mailer-options.ts";

/** Knows of one mail whether any of its content may have left, and can hold it back for good. */
export interface ContentWatch {
  /** Goes along with the mail under `watchKey`; the plugin of `watched` calls it with the compiled message. */
  readonly attach: (message: CompiledMessage, overSmtp: boolean) => void;
  /**
   * Over SMTP: true once the first byte of the message was read, which Nodemailer does when the server has answered
   * DATA with 354, not before. Any other transport reads when it likes, so there it is true once it has the message.
   */
  mayHaveLeft(): boolean;
  /** From now on not one byte more is handed out, also to a connection that is ready only later. */
  holdBack(): void;
}

/** The part of Nodemailer's compiled message that the watch stands in front of. */
interface CompiledMessage {
  createReadStream(options?: object): Readable;
}

/** The field of a mail that carries its watch. A function, so that it leaves no trace where mails become JSON. */
export const watchKey = "csatContentWatch";

/** A watch for one attempt to send one mail. */
export function contentWatch(): ContentWatch {
  const streams: Readable[] = [];
  let heldBack = false;
  let handedToOtherTransport = false;
  return {
    attach(message, overSmtp) {
      handedToOtherTransport = !overSmtp;
      const createReadStream = message.createReadStream.bind(message);
      message.createReadStream = (options) => {
        const stream = heldBack ? new Readable({ read() {} }) : createReadStream(options);
        // Without a listener of its own, a stream that breaks when nobody listens any more would end the process.
        stream.on("error", () => {});
        streams.push(stream);
        if (heldBack) stream.destroy(givenUp());
        return stream;
      };
    },
    mayHaveLeft: () => handedToOtherTransport || streams.some(({ readableDidRead }) => readableDidRead),
    holdBack() {
      heldBack = true;
      for (const stream of streams) stream.destroy(givenUp());
    },
  };
}

function givenUp(): Error {
  return new Error("The mail was given up.");
}

// A mark on the transporter, not a list in this module: a program may load this package by import and by require.
const PREPARED = Symbol.for("csat.nodemailer.prepared");

/** The transporter, which from the first call on shows every mail that carries a watch to that watch. */
export function watched(transporter: NodemailerTransporter): NodemailerTransporter {
  if (PREPARED in transporter) return transporter;
  Object.defineProperty(transporter, PREPARED, { value: true });
  transporter.use("stream", ({ data, message }, done) => {
    const attach: unknown = Reflect.get(data, watchKey);
    if (typeof attach === "function") attach(message, speaksSmtp(transporter));
    done();
  });
  return transporter;
}

/** Nodemailer's two SMTP transports have had these names since version 2. */
function speaksSmtp({ transporter }: NodemailerTransporter): boolean {
  return transporter?.name === "SMTP" || transporter?.name === "SMTP (pool)";
}
