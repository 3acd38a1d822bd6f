import { CsatError } from "@csat/core";
import { checkName, maxFields, tooManyFields } from "./field-limits.ts";

/**
 * The fields of an urlencoded form.
 * @throws CsatError `invalid_input` when a name comes twice, the bytes are no UTF-8, or it has too many fields
 */
export function parseForm(text: string): ReadonlyMap<string, string> {
  if (text.split("&", maxFields + 1).length > maxFields) throw tooManyFields();
  const fields = new URLSearchParams(text);
  // Broken UTF-8 became U+FFFD; whoever wrote that character wrote it as often as it stands there.
  const written = text.split(/\uFFFD|%EF%BF%BD/i).length;
  const read = Array.from(fields, ([name, value]) => `${name}${value}`)
    .join("")
    .split("\uFFFD").length;
  if (read !== written) throw new CsatError("invalid_input", "The form is not valid UTF-8.");
  return collect(fields);
}

/**
 * The fields of a multipart form, whose bytes are `text` in UTF-8.
 * @throws CsatError `invalid_input` when it cannot be parsed, holds a file, a name twice, too many fields or too long headers
 */
export async function parseMultipart({
  body,
  text,
  contentType,
}: {
  readonly body: Uint8Array;
  readonly text: string;
  readonly contentType: string;
}): Promise<ReadonlyMap<string, string>> {
  checkParts(text, contentType);
  // Copied: a view on shared memory is no body.
  const response = new Response(new Uint8Array(body), { headers: { "content-type": contentType } });
  const form = await response.formData().catch((cause: unknown) => {
    throw unreadable(cause);
  });
  return collect(form);
}

// The name of a field and of a file, and a type: some 300 characters at most.
const maxPartHeaders = 1_000;

/** The parser of the platform takes milliseconds for a thousand parts, and for a thousand headers of one. */
function checkParts(text: string, contentType: string): void {
  // RFC 2046, 5.1.1: at most 70 characters.
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70})(?:[\s;]|$))/i.exec(contentType);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) throw unreadable(undefined);
  // Nothing before the first delimiter, a field after each, and the end after the last.
  const parts = text.split(`--${delimiter}`, maxFields + 3);
  if (parts.length > maxFields + 2) throw tooManyFields();
  if (
    parts.some((part) => part.length > maxPartHeaders && !part.slice(0, maxPartHeaders).includes("\r\n\r\n"))
  )
    throw unreadable(undefined);
}

function unreadable(cause: unknown): CsatError {
  return new CsatError("invalid_input", "The form could not be read.", { cause });
}

function collect(entries: Iterable<[string, string | File]>): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of entries) {
    checkName(name);
    if (typeof value !== "string") throw refuse(name, "must be text, not a file");
    if (fields.has(name)) throw refuse(name, "must be given once");
    // Forms send every line break as CR LF (HTML, "constructing the entry list"); the customer typed one character.
    fields.set(name, value.replaceAll("\r\n", "\n"));
  }
  return fields;
}

function refuse(path: string, message: string): CsatError {
  return new CsatError("invalid_input", "The form has a field that cannot be used.", {
    issues: [{ path, message }],
  });
}
