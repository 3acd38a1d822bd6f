import { parseToken } from "@csat/core";
import { decodeSegment, withoutEndSlash } from "./match-route.ts";

/** A path that is a link of a mail, or resembles one. */
export interface MailedLink {
  /** Percent-decoded; null when it cannot be, or when more than one segment follows. */
  readonly token: string | null;
  /** What a limiter counts by: one key for each token, however its link is written; else what the path holds, decoded where that is possible. */
  readonly key: string;
}

/**
 * Reads a path as a mailed link that begins with `start`, also as one that was cut short or grew on its way; null when it
 * resembles none. Mail programs and proxies change the case of letters, encode them and add a slash: around a token `start`
 * is found in every such spelling. Operators' routes are not read so, for rules that a host has for their paths must hold.
 */
export function mailedLink(pathname: string, start: string): MailedLink | null {
  const wantedSegments = start.split("/");
  const segments = withoutEndSlash(pathname).split("/");
  const given = segments.slice(wantedSegments.length);
  const token = given.length === 1 ? decodeSegment(given[0] ?? "") : null;
  const known = parseToken(token);
  const isFound = wantedSegments.every(
    (wanted, index) => wanted === segments[index] || (known !== null && isSame(wanted, segments[index])),
  );
  return isFound ? { token, key: known ?? token ?? given.join("/") } : null;
}

function isSame(wanted: string, given: string | undefined): boolean {
  return given !== undefined && decodeSegment(given)?.toLowerCase() === wanted.toLowerCase();
}
