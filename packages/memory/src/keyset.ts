import { CsatError, compareText, type Page, type PageRequest } from "@csat/core";

/** Where a row stands in a list that is ordered by time and, within one, by id. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

/**
 * The page after `cursor`, in this order. A cursor names the last row that was seen, so rows that come or go meanwhile
 * neither repeat nor hide others.
 * @throws CsatError `invalid_input` for a cursor that no page returned
 */
export function pageOf<Row>(
  rows: readonly Row[],
  {
    placeOf,
    order,
    limit,
    cursor,
  }: PageRequest & {
    readonly placeOf: (row: Row) => Place;
    readonly order: "newest first" | "oldest first";
  },
): Page<Row> {
  const after = cursor === null ? null : readCursor(cursor);
  const compare = (one: Place, other: Place) =>
    order === "oldest first" ? comparePlaces(one, other) : comparePlaces(other, one);
  const sorted = rows.toSorted((one, other) => compare(placeOf(one), placeOf(other)));
  const rest = after === null ? sorted : sorted.filter((row) => compare(placeOf(row), after) > 0);
  const items = rest.slice(0, Math.max(0, limit));
  const last = items.at(-1);
  const isMore = rest.length > items.length;
  return { items, nextCursor: last !== undefined && isMore ? writeCursor(placeOf(last)) : null };
}

function comparePlaces(one: Place, other: Place): number {
  return one.at.getTime() - other.at.getTime() || compareText(one.id, other.id);
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
