import { expect, test } from "vitest";
import { type Place, pageOf, placeBehind } from "./page-of.ts";

const rows = [1, 2, 3].map((number) => ({ at: `${number}`, id: `row ${number}` }));
const page = (limit: number, of: readonly Place[] = rows) =>
  pageOf({ rows: of, limit, placeOf: (row) => row, toItem: ({ id }) => id });
const isDigits = (text: string) => /^\d+$/.test(text);

test("a row more than was asked for gives a cursor of the last one shown, none means that there are no more", () => {
  const { items, nextCursor } = page(2);
  expect(items).toEqual(["row 1", "row 2"]);
  expect(placeBehind(nextCursor, isDigits)).toEqual({ at: "2", id: "row 2" });
  expect(page(3)).toEqual({ items: ["row 1", "row 2", "row 3"], nextCursor: null });
  expect(page(2, [])).toEqual({ items: [], nextCursor: null });
});

test("a limit of 0 asks for no row and leads nowhere", () => {
  expect(page(0)).toEqual({ items: [], nextCursor: null });
  expect(page(-1)).toEqual({ items: [], nextCursor: null });
});

test("an id may hold what the cursor is made of", () => {
  const { nextCursor } = page(1, [{ at: "1", id: "~a~" }, ...rows]);
  expect(placeBehind(nextCursor, isDigits)).toEqual({ at: "1", id: "~a~" });
});

test("no cursor is the first page", () => {
  expect(placeBehind(null, isDigits)).toBeNull();
});

test.each(["", "1", "~a", "x~a", " 1~a", "1~a\0"])(
  "the cursor %j, which no page returned, is refused",
  (cursor) => {
    expect(() => placeBehind(cursor, isDigits)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        issues: [{ path: "cursor", message: expect.any(String) }],
      }),
    );
  },
);

test("an id that the store cannot have written is refused like a time", () => {
  expect(placeBehind("1~2", isDigits, isDigits)).toEqual({ at: "1", id: "2" });
  expect(() => placeBehind("1~a", isDigits, isDigits)).toThrow(
    expect.objectContaining({ code: "invalid_input" }),
  );
});
