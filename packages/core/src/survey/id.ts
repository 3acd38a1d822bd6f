import { randomText } from "./random-text.ts";

/**
 * A fresh id: `prefix`, "_" and 130 random bits in 26 lower-case letters and digits. Safe as the local part of a
 * Message-ID, in a URL's path and inside a job id (no colon, never digits alone). Its order means nothing.
 * `prefix` is 1–10 lower-case letters.
 */
export function newId(prefix = "id"): string {
  return `${prefix}_${randomText()}`;
}
