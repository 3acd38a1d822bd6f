import { AssertionError } from "node:assert";
import type { Page } from "@csat/core";

/** Cursors that no storage hands out, the kind that people type into addresses. */
export const malformedCursors: readonly string[] = [
  "",
  " ",
  "x",
  "not-a-cursor",
  "null",
  "0",
  "%00",
  "{}",
  "[]",
  Buffer.from("{}").toString("base64url"),
  Buffer.from("[]").toString("base64url"),
  Buffer.from('["2026-02-30T00:00:00.000Z"]').toString("base64url"),
  Buffer.from('["not a date","id"]').toString("base64url"),
  Buffer.from("not a date|id").toString("base64url"),
  "'; DROP TABLE surveys; --",
  "😀",
  "A".repeat(5000),
];

/** Reads page after page to the end. Rejects where a page holds more than `limit`, or the pages never end. */
export async function readAllPages<Item>({
  limit,
  read,
}: {
  readonly limit: number;
  readonly read: (cursor: string | null) => Promise<Page<Item>>;
}): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 1000; pages++) {
    const page: Page<Item> = await read(cursor);
    if (page.items.length > limit) {
      throw new AssertionError({ message: `a page of at most ${limit} holds ${page.items.length}` });
    }
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return items;
  }
  throw new AssertionError({ message: "the pages never end" });
}
