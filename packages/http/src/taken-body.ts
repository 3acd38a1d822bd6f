import type { IncomingMessage } from "node:http";

/**
 * What became of a request's body before the listener: `unread`, it still waits in the stream; `lost`, somebody took it
 * and left nothing that is certain to be all of it; else its bytes, as a wrapper or a parser left them.
 */
export type TakenBody = "unread" | "lost" | Uint8Array<ArrayBuffer>;

/**
 * Finds the body of a request. Bytes in `rawBody` or `body` are the body (AWS Lambda's and other wrappers, Firebase,
 * express.raw), text in them is as long as it has the length that the request names. What a parser made of a body is
 * never written back: a field given twice, say, would be gone.
 */
export function takenBody(incoming: IncomingMessage): TakenBody {
  const body = leftAs(incoming, "body");
  const whole = wholeBody(leftAs(incoming, "rawBody"), incoming) ?? wholeBody(body, incoming);
  if (whole !== null) return whole;
  // HTTP/1 announces every body. Streams that wrappers made for none never end on Node 24.
  if (Number(incoming.httpVersionMajor) === 1 && !hasBody(incoming)) return new Uint8Array();
  return hasBody(incoming) && (incoming.readableDidRead || isParsed(body)) ? "lost" : "unread";
}

function leftAs(incoming: IncomingMessage, name: string): unknown {
  return Reflect.get(incoming, name);
}

function wholeBody(value: unknown, incoming: IncomingMessage): Uint8Array<ArrayBuffer> | null {
  if (value instanceof Uint8Array) {
    // Wrappers set an empty one for bodies that they do not know.
    return value.byteLength > 0 || !hasBody(incoming) ? new Uint8Array(value) : null;
  }
  if (typeof value !== "string" || value === "") return null;
  const bytes = new TextEncoder().encode(value);
  // A parser's text may be a JSON string without its quotes, or come from another charset: then the length differs.
  return bytes.byteLength === lengthOf(incoming) ? bytes : null;
}

function lengthOf({ headers }: IncomingMessage): number {
  return Number(headers["content-length"] ?? 0);
}

function hasBody(incoming: IncomingMessage): boolean {
  return incoming.headers["transfer-encoding"] !== undefined || lengthOf(incoming) > 0;
}

// An empty `body` proves nothing: Express 4 sets one on requests whose stream no parser has touched.
function isParsed(body: unknown): boolean {
  if (body === undefined || body === null) return false;
  return typeof body !== "object" || Object.keys(body).length > 0;
}
