import type { Page } from "@csat/core";
import { expect, test } from "vitest";
import { pageAfter, type RowPlace } from "./keyset.ts";

const at = (ms: number): Date => new Date(Date.UTC(2026, 2, 1) + ms);
const placeOf = (row: RowPlace): RowPlace => row;

function allPages(rows: readonly RowPlace[], limit: number): readonly (readonly string[])[] {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<RowPlace> = pageAfter(rows, { placeOf, order: "newest first", limit, cursor });
    pages.push(page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}

test("pages hold every row once, newest first, of equal times the greater id by code points first", () => {
  const rows = [
    { at: at(1), id: "a~b" },
    { at: at(3), id: "c" },
    { at: at(1), id: "\u{1F600}" },
    { at: at(1), id: "\uFFFD" },
    { at: at(2), id: "" },
  ];
  expect(allPages(rows, 2)).toEqual([["c", ""], ["\u{1F600}", "\uFFFD"], ["a~b"]]);
  expect(allPages(rows, 5)).toHaveLength(1);
  expect(allPages(rows, 1).flat()).toEqual(allPages(rows, 5).flat());
});

test("oldest first is the same list turned round", () => {
  const rows = [3, 1, 2].map((ms) => ({ at: at(ms), id: `row ${ms}` }));
  const first = pageAfter(rows, { placeOf, order: "oldest first", limit: 2, cursor: null });
  const rest = pageAfter(rows, { placeOf, order: "oldest first", limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(["row 1", "row 2", "row 3"]);
  expect(rest.nextCursor).toBeNull();
});

test("rows that come or go meanwhile neither repeat nor hide others", () => {
  const rows = [5, 4, 3, 2, 1].map((ms) => ({ at: at(ms), id: `row ${ms}` }));
  const { nextCursor } = pageAfter(rows, { placeOf, order: "newest first", limit: 2, cursor: null });
  const changed = [{ at: at(6), id: "new" }, ...rows.filter(({ id }) => id !== "row 4")];
  const { items } = pageAfter(changed, { placeOf, order: "newest first", limit: 2, cursor: nextCursor });
  expect(items.map(({ id }) => id)).toEqual(["row 3", "row 2"]);
});

test.each(["", "nonsense", "2026-03-01T00:00:00.000Z", "2026-03-01~a", "2026-02-30T00:00:00.000Z~a", "~a"])(
  "the cursor %j, which no page returned, is refused",
  (cursor) => {
    expect(() => pageAfter([], { placeOf, order: "newest first", limit: 1, cursor })).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  },
);

test("a limit of 0 asks for no row and leads nowhere", () => {
  const rows = [{ at: at(1), id: "a" }];
  expect(pageAfter(rows, { placeOf, order: "newest first", limit: 0, cursor: null })).toEqual({
    items: [],
    nextCursor: null,
  });
});
