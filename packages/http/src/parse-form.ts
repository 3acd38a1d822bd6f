import { CsatError } from "@csat/core";

/**
 * The fields of an urlencoded form.
 * @throws CsatError `invalid_input` when a name comes twice or the bytes are no UTF-8
 */
export function parseForm(text: string): ReadonlyMap<string, string> {
  try {
    // URLSearchParams replaces broken UTF-8 silently, decodeURIComponent refuses it; a lone % is fine for both.
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch (cause) {
    throw new CsatError("invalid_input", "The form is not valid UTF-8.", { cause });
  }
  return collect(new URLSearchParams(text));
}

/**
 * The fields of a multipart form.
 * @throws CsatError `invalid_input` when it cannot be parsed, holds a file or a name twice
 */
export async function parseMultipart(
  body: Uint8Array,
  contentType: string,
): Promise<ReadonlyMap<string, string>> {
  // Copied: a view on shared memory is no body.
  const response = new Response(new Uint8Array(body), { headers: { "content-type": contentType } });
  const form = await response.formData().catch((cause: unknown) => {
    throw new CsatError("invalid_input", "The form could not be read.", { cause });
  });
  return collect(form);
}

function collect(entries: Iterable<[string, string | File]>): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of entries) {
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
