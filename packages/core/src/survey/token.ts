import { toBase64Url } from "./base64url.ts";
import { sha256 } from "./sha256.ts";

/** 24 bytes are 192 bits, and exactly 32 characters of base64url: every string of the form is canonical. */
const tokenBytes = 24;
const tokenForm = /^[A-Za-z0-9_-]{32}$/;

/** Keeps these hashes apart from any other SHA-256 of the same string. Changing it breaks every mailed link. */
const purpose = "csat survey token v1:";

/** A fresh secret for one mail's links: 192 random bits as 32 URL-safe characters. Serves nothing else (S29). */
export function newToken(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(tokenBytes)));
}

/** True for a string of exactly the form that `newToken` gives; says nothing about whether it was ever issued. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && tokenForm.test(value);
}

/**
 * What is stored in place of a token: its SHA-256 under a prefix of our own, as 43 characters of base64url.
 * Unsalted on purpose: the store looks answers up by it, and 192 random bits cannot be guessed from a hash.
 */
export async function hashToken(token: string): Promise<string> {
  return toBase64Url(await sha256(purpose + token));
}
