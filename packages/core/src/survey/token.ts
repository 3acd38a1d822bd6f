import { toBase64Url } from "./base64url.ts";
import { randomText, randomTextForm } from "./random-text.ts";
import { sha256 } from "./sha256.ts";

/** Keeps these hashes apart from any other SHA-256 of the same string. Changing it breaks every mailed link. */
const purpose = "csat survey token v1:";

/** A fresh secret for one mail's links: 130 random bits as 26 URL-safe characters. Serves nothing else (S29). */
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
 * base64url. Unsalted on purpose: the store looks answers up by it, and 130 random bits cannot be guessed from a hash.
 */
export async function hashToken(token: string): Promise<string> {
  return toBase64Url(await sha256(purpose + token));
}
