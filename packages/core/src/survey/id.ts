/** 32 letters and digits, so that five bits of a byte pick one without bias. One case only: some stores fold it. */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const idLength = 26;

/**
 * A fresh id: `prefix`, "_" and 130 random bits in 26 lower-case letters and digits. Safe as the local part of a
 * Message-ID, in a URL's path and inside a job id (no colon, never digits alone). Its order means nothing.
 * `prefix` is 1–10 lower-case letters.
 */
export function newId(prefix = "id"): string {
  const bytes = crypto.getRandomValues(new Uint8Array(idLength));
  return `${prefix}_${Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join("")}`;
}
