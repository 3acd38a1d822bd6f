import type { Page } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { encodeCursor } from "./cursor.ts";
import { type Row, text } from "./row.ts";

/** Selects a row's place in a list as `at_us` and `place_id`: a time in UTC with its microseconds, and an id. */
export function placeColumns(at: SQL, id: SQL): SQL {
  return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_us, ${id} as place_id`;
}

/** Cuts rows that were read with one more than `limit` into a page; the extra one tells that more follow. */
export function pageOf<Item>({
  rows,
  limit,
  toItem,
}: {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly toItem: (row: Row) => Item;
}): Page<Item> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    items: page.map(toItem),
    nextCursor: hasMore ? encodeCursor({ at: text(last, "at_us"), id: text(last, "place_id") }) : null,
  };
}
