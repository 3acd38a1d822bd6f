import { CsatError } from "@csat/core";

// What every route takes: the longest texts of the settings fit, each character escaped.
const leastLimit = 64 * 1024;
// A character beyond the BMP has 12 bytes percent-encoded (%F0%9F%8E%89), and 12 in JSON's escapes (\ud83c\udf89).
const bytesPerCharacter = 12;
// The rating, the names of the fields, the frame of a multipart body.
const restBytes = 4 * 1024;

/** The longest body of an answer, in bytes: a comment of `maxCommentLength` code points fits, however it is written. */
export function answerLimit(maxCommentLength: number | undefined): number {
  return Math.max(leastLimit, (maxCommentLength ?? 0) * bytesPerCharacter + restBytes);
}

/**
 * Reads the whole body, counting while it arrives; stops at `maxBytes`, by default 64 KiB, whatever `Content-Length` claims.
 * @throws CsatError `payload_too_large`, `invalid_input` when the body breaks off, `invalid_config` when somebody read it before
 */
export async function readBody(request: Request, maxBytes = leastLimit): Promise<Uint8Array> {
  if (request.bodyUsed) throw new CsatError("invalid_config", bodyAlreadyRead);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (hasTrueLength(request)) {
    const body = new Uint8Array(await request.arrayBuffer().catch(brokeOff));
    if (body.byteLength > maxBytes) throw tooLarge(maxBytes);
    return body;
  }
  if (request.body === null) return new Uint8Array();
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(brokeOff);
    if (done) return join(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) {
      // The client may still be sending; whether the cancelling succeeds changes nothing for the answer.
      reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

// Two copies of this module may meet: the listener's and the handler's.
const trueLength = Symbol.for("@csat/http.trueLength");

/** Says of a request that whoever parsed it ends its body where `Content-Length` says: read at once, it takes no stream. */
export function markTrueLength(request: Request): Request {
  return Object.defineProperty(request, trueLength, { value: true });
}

function hasTrueLength(request: Request): boolean {
  return (
    Reflect.get(request, trueLength) === true &&
    request.headers.has("content-length") &&
    !request.headers.has("transfer-encoding")
  );
}

// What a host reads when something in front of the handler took the body.
const bodyAlreadyRead =
  "The request's body was read before it reached the CSAT handler, so the answer in it is lost. " +
  "Mount the handler before any body parser (such as express.json).";

function tooLarge(maxBytes: number): CsatError {
  return new CsatError("payload_too_large", `The body is larger than ${maxBytes / 1024} KiB. Send less.`);
}

function brokeOff(cause: unknown): never {
  throw new CsatError("invalid_input", "The body broke off before its end. Send it again.", { cause });
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
