import type { Page } from "@csat/core";
import { encodeCursor, type Keyset } from "./cursor.ts";

/** Cuts rows that were read with one more than `limit` into a page; the extra one tells that more follow. */
export function pageOf<Entry>({
  entries,
  limit,
  keyset,
}: {
  readonly entries: readonly Entry[];
  readonly limit: number;
  readonly keyset: (last: Entry) => Keyset;
}): Page<Entry> {
  const items = entries.slice(0, limit);
  const last = items.at(-1);
  const hasMore = entries.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? encodeCursor(keyset(last)) : null };
}
