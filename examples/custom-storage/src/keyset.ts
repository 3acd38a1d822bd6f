import { CsatError, type Page } from "@csat/core";
import { and, eq, lt, or, type SQL } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

/** Where a row stands in a list that is ordered by time and, within one, by id. */
interface Place {
  readonly at: Date;
  readonly id: string;
}

/**
 * True for rows that come after `cursor`, newest first; undefined, which narrows nothing, for the first page. A cursor
 * names the last row that was seen, so rows that come or go meanwhile neither repeat nor hide others.
 * @throws CsatError `invalid_input` for a cursor that no page returned
 */
export function isAfter(
  cursor: string | null,
  { at, id }: { readonly at: AnySQLiteColumn; readonly id: AnySQLiteColumn },
): SQL | undefined {
  if (cursor === null) return undefined;
  const place = readCursor(cursor);
  return or(lt(at, place.at), and(eq(at, place.at), lt(id, place.id)));
}

/** Cuts rows that were read with one more than `limit` into a page; the extra one tells that more follow. */
export function pageOf<Row>(
  found: readonly Row[],
  { limit, placeOf }: { readonly limit: number; readonly placeOf: (row: Row) => Place },
): Page<Row> {
  const items = found.slice(0, Math.max(0, limit));
  const last = items.at(-1);
  const isMore = found.length > items.length;
  return { items, nextCursor: last !== undefined && isMore ? writeCursor(placeOf(last)) : null };
}

function writeCursor({ at, id }: Place): string {
  return `${at.toISOString()}~${id}`;
}

function readCursor(cursor: string): Place {
  const [time = "", ...rest] = cursor.split("~");
  const at = new Date(time);
  // Dates have many spellings; a cursor of ours has one.
  if (rest.length === 0 || Number.isNaN(at.getTime()) || at.toISOString() !== time) {
    const message = "must be the nextCursor of an earlier page, unchanged";
    throw new CsatError("invalid_input", `The cursor ${message}; null is the first page.`, {
      issues: [{ path: "cursor", message }],
    });
  }
  return { at, id: rest.join("~") };
}
