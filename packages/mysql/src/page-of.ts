import { type Page, type Place, pageOf, placeBehind } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Row, text } from "./row.ts";

/** Selects a row's place in a list as `at_text` and `place_id`: a time in UTC with its milliseconds, and an id. */
export function placeColumns(at: SQL, id: SQL): SQL {
  return sql`cast(${at} as char) as at_text, ${id} as place_id`;
}

const timePattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;

/** The place behind which a page begins; null for the first page. @throws CsatError `invalid_input` for what is no cursor of ours */
export function placeAfter(cursor: string | null): Place | null {
  return placeBehind(cursor, isTime);
}

/** The same of a list whose ids are numbers of entries. */
export function entryAfter(cursor: string | null): Place | null {
  return placeBehind(cursor, isTime, (id) => /^\d{1,18}$/.test(id));
}

/** The id behind which a page begins, of a list in the order of ids alone. */
export function idAfter(cursor: string | null): string | null {
  return placeBehind(cursor, (at) => at === "")?.id ?? null;
}

/** A time that exists: strict sessions refuse others with an error of their own. */
function isTime(text: string): boolean {
  return timePattern.test(text) && !Number.isNaN(Date.parse(`${text.replace(" ", "T")}Z`));
}

/** Rows behind a place, written out: of a comparison of pairs MySQL reads the index from its beginning. */
export function isBehind(
  place: Place | null,
  { at, id, isDescending }: { readonly at: SQL; readonly id: SQL; readonly isDescending: boolean },
): SQL {
  if (place === null) return sql``;
  const than = sql.raw(isDescending ? "<" : ">");
  return sql`and ${at} ${than}= ${place.at} and (${at} ${than} ${place.at} or ${id} ${than} ${place.id})`;
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
  const placeOf = (row: Row) => ({ at: text(row, "at_text"), id: text(row, "place_id") });
  return pageOf({ rows, limit, placeOf, toItem });
}
