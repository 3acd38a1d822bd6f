import { sha256Base64 } from "@csat/core";

// The files of the views, the one script of our pages, and their style for as many accent colours: some 5 kB each.
const mostRemembered = 100;
const remembered = new Map<string, Promise<string>>();

/** The SHA-256 of a text in base64, made once for each of the 100 texts used last instead of for every request. */
export function rememberedDigest(text: string): Promise<string> {
  const digest = remembered.get(text) ?? sha256Base64(text);
  // Put at the end: the first key of the map is the one unused for longest.
  remembered.delete(text);
  remembered.set(text, digest);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return digest;
}
