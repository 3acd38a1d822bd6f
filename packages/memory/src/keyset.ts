import { compareText, type Page, type PageRequest, pageOf, placeBehind } from "@csat/core";

/** Where a row stands in a list that is ordered by time and, within one, by id. */
export interface RowPlace {
  readonly at: Date;
  readonly id: string;
}

/**
 * The page after `cursor`, in this order.
 * @throws CsatError `invalid_input` for a cursor that no page returned
 */
export function pageAfter<Row>(
  rows: readonly Row[],
  {
    placeOf,
    isId,
    order,
    limit,
    cursor,
  }: PageRequest & {
    readonly placeOf: (row: Row) => RowPlace;
    /** Knows the ids, where not every text is one. */
    readonly isId?: (id: string) => boolean;
    readonly order: "newest first" | "oldest first";
  },
): Page<Row> {
  const behind = placeBehind(cursor, isTime, isId);
  const after = behind === null ? null : { at: new Date(behind.at), id: behind.id };
  const compare = (one: RowPlace, other: RowPlace) =>
    order === "oldest first" ? comparePlaces(one, other) : comparePlaces(other, one);
  const sorted = rows.toSorted((one, other) => compare(placeOf(one), placeOf(other)));
  const rest = after === null ? sorted : sorted.filter((row) => compare(placeOf(row), after) > 0);
  return pageOf({
    rows: rest,
    limit,
    placeOf: (row) => ({ at: placeOf(row).at.toISOString(), id: placeOf(row).id }),
    toItem: (row) => row,
  });
}

/**
 * The page after `cursor`, by id alone.
 * @throws CsatError `invalid_input` for a cursor that no page returned
 */
export function pageById<Row>(
  rows: readonly Row[],
  { idOf, limit, cursor }: PageRequest & { readonly idOf: (row: Row) => string },
): Page<Row> {
  const behind = placeBehind(cursor, isNoTime);
  const rest = rows
    .toSorted((one, other) => compareText(idOf(one), idOf(other)))
    .filter((row) => behind === null || compareText(idOf(row), behind.id) > 0);
  return pageOf({ rows: rest, limit, placeOf: (row) => ({ at: "id", id: idOf(row) }), toItem: (row) => row });
}

/** Stands where a list has no times, and tells its cursors from those of others. */
function isNoTime(text: string): boolean {
  return text === "id";
}

function comparePlaces(one: RowPlace, other: RowPlace): number {
  return one.at.getTime() - other.at.getTime() || compareText(one.id, other.id);
}

/** Dates have many spellings; a cursor of ours has one. */
function isTime(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}
