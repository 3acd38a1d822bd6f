/** A mail taken apart: enough of RFC 5322 and MIME for what a survey mail is made of. */
export interface ReadMail {
  /** Unfolded header lines by lower-case name, undecoded. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly subject: string;
  readonly from: ReadMailbox;
  readonly to: ReadMailbox;
  readonly html: string;
  readonly text: string;
}

/** A name and an address; the name is "" when there is none. */
export interface ReadMailbox {
  readonly name: string;
  readonly address: string;
}

/** Reads a mail as a mail client would. Line ends become \n, and white space at the end of a body goes. */
export function readMail(raw: string): ReadMail {
  const { headers } = splitPart(raw);
  const bodies = bodiesOf(raw);
  const bodyOf = (type: string) => bodies.find((one) => one.type === type)?.body.trimEnd() ?? "";
  const only = (name: string) => headers.get(name)?.join("\n") ?? "";
  return {
    headers,
    subject: decodeWords(only("subject")),
    from: readMailbox(only("from")),
    to: readMailbox(only("to")),
    html: bodyOf("text/html"),
    text: bodyOf("text/plain"),
  };
}

function splitPart(raw: string): {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
} {
  const part = raw.replaceAll("\r\n", "\n");
  const end = part.indexOf("\n\n");
  const head = end === -1 ? part : part.slice(0, end);
  const headers = new Map<string, readonly string[]>();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { headers, body: end === -1 ? "" : part.slice(end + 2) };
}

/** The leaves of a mail, alternatives and nested parts alike. */
function bodiesOf(raw: string): readonly { readonly type: string; readonly body: string }[] {
  const { headers, body } = splitPart(raw);
  const contentType = headers.get("content-type")?.[0] ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (/^multipart\//i.test(contentType) && boundary !== undefined) {
    const [whole = ""] = `\n${body}`.split(`\n--${boundary}--`);
    const parts = whole.split(`\n--${boundary}\n`).slice(1);
    return parts.flatMap(bodiesOf);
  }
  const encoding = headers.get("content-transfer-encoding")?.[0]?.toLowerCase() ?? "7bit";
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const decoded = decodeBody({ body, encoding }).replaceAll("\r\n", "\n");
  return [{ type, body: /format="?flowed/i.test(contentType) ? unflow(decoded) : decoded }];
}

/** RFC 3676: a line that ends in a space goes on in the next, and a space at a line's beginning protects it. */
function unflow(text: string): string {
  return text.replace(/^ /gm, "").replace(/(?<=[^\n] )\n/g, "");
}

function decodeBody({ body, encoding }: { readonly body: string; readonly encoding: string }): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  return decodeEscapes(body.replace(/=[ \t]*\n/g, ""));
}

/** `=C3=A9` and the like, bytes of UTF-8, beside characters that stand for themselves. */
function decodeEscapes(text: string): string {
  return text.replace(/(?:=[0-9A-F]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"),
  );
}

const encodedWord = /=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi;

/** RFC 2047: white space between two encoded words is none, and a character may be cut in two between them. */
function decodeWords(value: string): string {
  const joined = value.replace(/(=\?[^?]+\?[BQ]\?[^?]*\?=)\s+(?==\?[^?]+\?[BQ]\?)/gi, "$1");
  return joined.replace(/(?:=\?[^?]+\?[BQ]\?[^?]*\?=)+/gi, (run) =>
    Buffer.concat(
      [...run.matchAll(encodedWord)].map(([, , kind = "", text = ""]) => wordBytes(kind, text)),
    ).toString("utf8"),
  );
}

function wordBytes(kind: string, text: string): Buffer {
  if (kind.toUpperCase() === "B") return Buffer.from(text, "base64");
  const characters = text
    .replaceAll("_", " ")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(characters, "latin1");
}

function readMailbox(value: string): ReadMailbox {
  const match = /^(.*?)\s*<([^<>]*)>$/.exec(value);
  if (match === null) return { name: "", address: value };
  const [, name = "", address = ""] = match;
  const unquoted = /^"(.*)"$/.exec(name)?.[1]?.replace(/\\(.)/g, "$1");
  return { name: decodeWords(unquoted ?? name), address };
}
