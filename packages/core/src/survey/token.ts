import { toBase64Url } from "./base64url.ts";
import { randomText, randomTextForm } from "./random-text.ts";
import { sha256 } from "./sha256.ts";

/** Keep these hashes apart from each other, and from any other SHA-256 of the same string. Changing one breaks every mailed link. */
const purposes = {
  survey: "csat survey token v1:",
  opt_out: "csat opt-out token v1:",
  mail: "csat survey id v1:",
} as const;

/** A fresh secret for one mail's links, or for its one to opt out: 130 random bits as 26 URL-safe characters. Serves nothing else (S29). */
export function newToken(): string {
  return randomText();
}

/**
 * The token of a link as `newToken` gave it, also when its letters changed case on the way: some mail programs and
 * proxies do that. Null for everything that `newToken` never gives. Says nothing about whether it was ever issued.
 */
export function parseToken(value: unknown): string | null {
  return typeof value === "string" && randomTextForm.test(value) ? value.toLowerCase() : null;
}

/**
 * What is stored in place of a token that `parseToken` gave: its SHA-256 under a prefix of our own, as 43 characters of
 * base64url. Unsalted on purpose: the store looks answers up by it, and 130 random bits cannot be guessed from a hash. A
 * token of one purpose opens nothing of another. `mail` is that of a survey's id, by which reports find it.
 */
export async function hashToken(token: string, purpose: keyof typeof purposes = "survey"): Promise<string> {
  return toBase64Url(await sha256(purposes[purpose] + token));
}
