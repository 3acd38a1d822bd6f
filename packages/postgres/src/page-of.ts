import { type Page, type Place, pageOf, placeBehind } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Row, text } from "./row.ts";

/** Selects a row's place in a list as `at_us` and `place_id`: a time in UTC with its microseconds, and an id. */
export function placeColumns(at: SQL, id: SQL): SQL {
  return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_us, ${id} as place_id`;
}

const timePattern = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** The place behind which a page begins; null for the first page. @throws CsatError `invalid_input` for what is no cursor of ours */
export function placeAfter(cursor: string | null): Place | null {
  return placeBehind(cursor, isTime);
}

/** The same of a list whose ids are numbers of entries. */
export function entryAfter(cursor: string | null): Place | null {
  return placeBehind(cursor, isTime, (id) => /^\d{1,18}$/.test(id));
}

/** The id behind which a page of a list by ids begins; "" for the first page. */
export function idAfter(cursor: string | null): string {
  return placeBehind(cursor, (text) => text === byId)?.id ?? "";
}

/** Cuts rows with their `place_id`, read with one more than `limit`, into a page of a list by ids. */
export function pageOfIds<Item>(
  rows: readonly Row[],
  { limit, toItem }: { readonly limit: number; readonly toItem: (id: string) => Item },
): Page<Item> {
  const ids = rows.map((row) => text(row, "place_id"));
  return pageOf({ rows: ids, limit, placeOf: (id) => ({ at: byId, id }), toItem });
}

// Stands where a list has no times, and tells its cursors from those of others.
const byId = "id";

/** A time that exists, as `placeColumns` writes it: Postgres refuses others with an error of its own. */
function isTime(text: string): boolean {
  return timePattern.test(text) && !Number.isNaN(Date.parse(text));
}

/** Cuts rows with their place, read with one more than `limit`, into a page. */
export function pageOfRows<Item>({
  rows,
  limit,
  toItem,
}: {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly toItem: (row: Row) => Item;
}): Page<Item> {
  const placeOf = (row: Row) => ({ at: text(row, "at_us"), id: text(row, "place_id") });
  return pageOf({ rows, limit, placeOf, toItem });
}
