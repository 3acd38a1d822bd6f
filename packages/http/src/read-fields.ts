import { CsatError } from "@csat/core";
import { parseForm, parseMultipart } from "./parse-form.ts";
import { type JsonList, parseJsonFields } from "./parse-json.ts";
import { readBody } from "./read-body.ts";

/** The fields of a body. A form's values are strings; JSON's are strings, numbers, booleans, null, and the one list that was asked for. */
export interface Fields {
  readonly kind: "json" | "form";
  readonly values: ReadonlyMap<string, unknown>;
}

const form = "application/x-www-form-urlencoded";

/** True when the body says it comes from an HTML form. */
export function isForm(request: Request): boolean {
  const { type } = contentType(request);
  return type === form || type === "multipart/form-data";
}

/**
 * Reads the body as JSON or as either kind of form, in UTF-8.
 * A body may have `maxBytes`, by default 64 KiB.
 * @throws CsatError `payload_too_large`; `invalid_input` for other content types and for bodies that are not what they claim
 */
export async function readFields(
  request: Request,
  {
    accepted,
    maxBytes,
    list,
  }: { readonly accepted: "any" | "json" | "form"; readonly maxBytes?: number; readonly list?: JsonList },
): Promise<Fields> {
  const body = await readBody(request, maxBytes);
  const { type, charset } = contentType(request);
  const takesJson = accepted !== "form" && type === "application/json";
  const takesForm = accepted !== "json" && isForm(request);
  if (!takesJson && !takesForm) throw refuse(`Send the body as ${names[accepted]}.`);
  if (charset !== null && charset !== "utf-8" && charset !== "utf8") throw refuse("Send the body in UTF-8.");
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding.trim().toLowerCase() !== "identity") throw refuse("Send the body without compression.");
  const text = decodeUtf8(body);
  if (takesJson) return { kind: "json", values: parseJsonFields(text, list) };
  const values =
    type === form ? parseForm(text) : await parseMultipart({ body, text, contentType: typeHeader(request) });
  return { kind: "form", values };
}

const names = {
  any: "application/json or as a form (application/x-www-form-urlencoded, multipart/form-data)",
  json: "application/json",
  form: "a form (application/x-www-form-urlencoded, multipart/form-data)",
};

function contentType(request: Request): { readonly type: string; readonly charset: string | null } {
  const [type = "", ...parameters] = typeHeader(request).toLowerCase().split(";");
  const charset = parameters.map((parameter) => parameter.trim()).find((each) => each.startsWith("charset="));
  return { type: type.trim(), charset: charset?.slice("charset=".length).replaceAll('"', "") ?? null };
}

// A type, a charset and a boundary of 70 characters fit three times.
const maxTypeLength = 300;

/** Empty, which is no type that we take, when it is longer than any that we take. */
function typeHeader({ headers }: Request): string {
  const header = headers.get("content-type") ?? "";
  return header.length <= maxTypeLength ? header : "";
}

// Replacing broken bytes by U+FFFD would store what nobody wrote.
function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (cause) {
    throw new CsatError("invalid_input", "The body is not valid UTF-8.", { cause });
  }
}

function refuse(message: string): CsatError {
  return new CsatError("invalid_input", message);
}
