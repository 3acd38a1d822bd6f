import { CsatError } from "@csat/core";

/** Where a page ended: rows are ordered by time, then id. */
export interface Keyset {
  /** As Postgres writes it in UTC, with its microseconds: rows of one millisecond are told apart. */
  readonly at: string;
  readonly id: string;
}

/** Makes an opaque, URL-safe cursor. */
export function encodeCursor({ at, id }: Keyset): string {
  return Buffer.from(JSON.stringify([at, id])).toString("base64url");
}

const timePattern = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** Reads a cursor; null starts at the first row. @throws CsatError `invalid_input` for one that `encodeCursor` did not make */
export function decodeCursor(cursor: string | null): Keyset | null {
  if (cursor === null) return null;
  const position = parsed(cursor);
  if (!Array.isArray(position)) throw malformed();
  const [at, id]: readonly unknown[] = position;
  if (typeof at !== "string" || typeof id !== "string") throw malformed();
  // Only what we would write ourselves: one spelling per position, a time that exists, no NUL that Postgres refuses.
  const isTime = timePattern.test(at) && !Number.isNaN(Date.parse(at));
  if (!isTime || encodeCursor({ at, id }) !== cursor || id.includes("\0")) throw malformed();
  return { at, id };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function malformed(): CsatError {
  const message = "cursor must be the nextCursor of an earlier page, unchanged.";
  return new CsatError("invalid_input", message, { issues: [{ path: "cursor", message }] });
}
