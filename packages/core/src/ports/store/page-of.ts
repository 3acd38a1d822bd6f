import { CsatError } from "../../errors.ts";
import type { Page } from "./lists.ts";

/** Where a row stands in a list that is ordered by time and, within one time, by id. */
export interface Place {
  /** As the store writes times, to the last digit that it orders by: rows of one millisecond are told apart. Without "~". */
  readonly at: string;
  readonly id: string;
}

/**
 * Makes a page of rows that were read with one more than `limit`: the extra one tells that more follow. The cursor names
 * the last row that is shown, so rows that come or go meanwhile neither repeat nor hide others.
 */
export function pageOf<Row, Item>({
  rows,
  limit,
  placeOf,
  toItem,
}: {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly placeOf: (row: Row) => Place;
  readonly toItem: (row: Row) => Item;
}): Page<Item> {
  const shown = rows.slice(0, Math.max(0, limit));
  const last = shown.at(-1);
  const isMore = rows.length > shown.length && last !== undefined;
  return { items: shown.map(toItem), nextCursor: isMore ? cursorOf(placeOf(last)) : null };
}

function cursorOf({ at, id }: Place): string {
  return `${at}~${id}`;
}

/**
 * The place behind which a page begins; null for the first page. `isTime` knows how the store writes times, one spelling
 * for each, and `isId` its ids, where not every text is one: a cursor with any other was made up.
 * @throws CsatError `invalid_input` for a cursor that `pageOf` did not make
 */
export function placeBehind(
  cursor: string | null,
  isTime: (text: string) => boolean,
  isId: (text: string) => boolean = () => true,
): Place | null {
  if (cursor === null) return null;
  const end = cursor.indexOf("~");
  const place = { at: cursor.slice(0, Math.max(0, end)), id: cursor.slice(end + 1) };
  // No id holds a NUL, and databases refuse one with an error of their own.
  if (end >= 0 && isTime(place.at) && !place.id.includes("\0") && isId(place.id)) return place;
  const message = "must be the nextCursor of an earlier page, unchanged";
  throw new CsatError("invalid_input", `The cursor ${message}; null is the first page.`, {
    issues: [{ path: "cursor", message }],
  });
}
