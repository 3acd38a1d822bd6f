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
const places = ({ byResolver: table }: ReturnType<typeof byResolver>) =>
  table.map(({ actorId, place }) => [actorId, place]);

test("operators stand by their estimates, Unattributed below, which moves none of them and has none", () => {
  // S47, S86
  const operators = [...rows("ann", 0, 0, 0, 50, 50), ...rows("ben", 50, 50), ...rows("cem", 0, 0, 0, 0, 1)];
  const table = byResolver([...rows(null, 1_000, 0, 0, 0, 1), ...operators], noNames);
  expect(places(table)).toEqual([
    // Of one 5 so much is open that it shares the place of whoever is next.
    ["cem", 1],
    ["ann", 1],
    ["ben", 3],
    [null, null],
  ]);
  const alone = byResolver(operators, noNames);
  expect(table.resolverRankability).toBe(alone.resolverRankability);
  expect(table.byResolver.slice(0, 3)).toEqual(alone.byResolver);
  expect(table.byResolver[3]).toMatchObject({ responses: 1_001, estimate: null, estimateInterval: null });
});

test("where chance explains the differences they stand by name; the id stands for a name that there is not", () => {
  const names = new Map([
    ["3", "Ann Lee"],
    ["1", "Zoe"],
    ["null", "Nobody"],
  ]);
  const table = byResolver(
    ["1", null, "3", "gone"].flatMap((actorId) => rows(actorId, 0, 0, 0, 4, 6)),
    names,
  );
  expect(table.resolverRankability).toBe(0);
  expect(table.byResolver.map(({ actorId, name, place }) => [actorId, name, place])).toEqual([
    ["3", "Ann Lee", null],
    ["gone", null, null],
    ["1", "Zoe", null],
    [null, null, null],
  ]);
});

test("each has the average of its ratings with its interval, and its estimate with that", () => {
  // S43, S86. 2 × 1 and 8 × 5: 42 of 10; variance (202 − 42² ÷ 10) ÷ 9 = 2.844444, error √0.2844444 = 0.533333, t 2.2622.
  // Alone it is the mean of all: nothing draws its estimate elsewhere, whose interval is 4.2 ± 1.96 × 0.533333, cut at 5.
  expect(byResolver(rows("ann", 2, 0, 0, 0, 8), noNames)).toEqual({
    byResolver: [
      {
        actorId: "ann",
        name: null,
        responses: 10,
        averageRating: 4.2,
        averageRatingInterval: { low: expect.closeTo(4.2 - 1.2065, 4), high: 5 },
        estimate: expect.closeTo(4.2, 12),
        estimateInterval: { low: expect.closeTo(4.2 - 1.0453, 4), high: 5 },
        place: null,
      },
    ],
    resolverRankability: null,
  });
});

test("nobody without answers is listed", () => {
  const nothing = { byResolver: [], resolverRankability: null };
  expect(byResolver([], noNames)).toEqual(nothing);
  expect(byResolver([{ actorId: "ann", rating: 3, count: 0 }], noNames)).toEqual(nothing);
});
