import { expect, test } from "vitest";
import type { Rating } from "../survey/response.ts";
import { byResolver } from "./by-resolver.ts";

const noNames = new Map<string, string>();
/** Rows of one operator: as many answers of each rating, 1 first. */
const rows = (actorId: string | null, ...counts: readonly number[]) =>
  counts.flatMap((count, index) =>
    // Five counts at most, so the place is a rating.
    count === 0 ? [] : [{ actorId, rating: (index + 1) as Rating, count }],
  );
const places = (table: ReturnType<typeof byResolver>) => table.map(({ actorId, rank }) => [actorId, rank]);

test("operators stand by their average, the small ones and Unattributed below and without a rank", () => {
  // S47
  const table = byResolver(
    [
      ...rows("ann", 0, 0, 0, 5, 0),
      ...rows("ben", 0, 0, 0, 0, 4),
      ...rows("cem", 0, 0, 0, 0, 5),
      ...rows("dea", 1),
      ...rows(null, 0, 0, 0, 0, 100),
    ],
    noNames,
  );
  expect(places(table)).toEqual([
    ["cem", 1],
    ["ann", 2],
    ["ben", null],
    ["dea", null],
    [null, null],
  ]);
  expect(table.map(({ isSmall }) => isSmall)).toEqual([false, false, true, true, false]);
  expect(table.map(({ responses }) => responses)).toEqual([5, 5, 4, 1, 100]);
});

test("equal averages share a rank and the next one is left out; the busier stands first, then the smaller id", () => {
  const table = byResolver(
    [
      ...rows("zoe", 0, 0, 0, 5, 5),
      ...rows("ann", 0, 0, 0, 3, 3),
      ...rows("ben", 0, 0, 0, 3, 3),
      ...rows("top", 0, 0, 0, 0, 5),
      ...rows("low", 5),
    ],
    noNames,
  );
  expect(places(table)).toEqual([
    ["top", 1],
    ["zoe", 2],
    ["ann", 2],
    ["ben", 2],
    ["low", 5],
  ]);
});

test("names come from the host; who is not known there, and Unattributed, have none", () => {
  const names = new Map([
    ["ann", "Ann Lee"],
    ["null", "Nobody"],
  ]);
  const table = byResolver([...rows(null, 1), ...rows("ann", 1), ...rows("gone", 1)], names);
  expect(table.map(({ actorId, name }) => [actorId, name])).toEqual([
    ["ann", "Ann Lee"],
    ["gone", null],
    [null, null],
  ]);
});

test("each has the average of its ratings and its interval", () => {
  // S43. 2 × 1 and 8 × 5: 42 of 10; variance (202 − 42² ÷ 10) ÷ 9 = 2.844444, error √0.2844444 = 0.533333, t 2.2622.
  expect(byResolver(rows("ann", 2, 0, 0, 0, 8), noNames)).toEqual([
    {
      actorId: "ann",
      name: null,
      responses: 10,
      averageRating: 4.2,
      averageRatingInterval: { low: expect.closeTo(4.2 - 1.2065, 4), high: 5 },
      isSmall: false,
      rank: 1,
    },
  ]);
});

test("nobody without answers is listed", () => {
  expect(byResolver([], noNames)).toEqual([]);
  expect(byResolver([{ actorId: "ann", rating: 3, count: 0 }], noNames)).toEqual([]);
});
