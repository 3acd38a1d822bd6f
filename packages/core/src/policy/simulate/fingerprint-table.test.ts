import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprintTable, numbers } from "./fingerprint-table.ts";
import { timeQueue } from "./queue.ts";

test("texts have the numbers of their coming, and keep them however many come", () => {
  const table = fingerprintTable();
  const count = 200_000;
  for (let number = 0; number < count; number += 1) expect(table.put(`ticket ${number}`)).toBe(number);
  expect(table.size).toBe(count);
  expect(table.put("ticket 7")).toBe(7);
  expect(table.find("ticket 199999")).toBe(199_999);
  expect(table.find("ticket 200000")).toBeNull();
  expect(table.find("")).toBeNull();
});

test("texts that differ in little, or in order, are told apart", () => {
  const table = fingerprintTable();
  const texts = fc.uniqueArray(
    fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("a", "b") })),
    {
      minLength: 50,
      maxLength: 500,
    },
  );
  const known = new Map<string, number>();
  fc.assert(
    fc.property(texts, (some) => {
      for (const text of some) {
        const number = known.get(text) ?? known.size;
        known.set(text, number);
        expect(table.put(text)).toBe(number);
      }
    }),
    { numRuns: 30, seed: 67 },
  );
});

test("a row of numbers is 0 where none was set", () => {
  const row = numbers(Float64Array);
  row.set(1_000, 0.5);
  row.set(3, 7);
  expect([row.get(3), row.get(4), row.get(1_000), row.get(5_000)]).toEqual([7, 0, 0.5, 0]);
});

test("what waits comes by its time, and of one time in the order of its coming", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat())), (entries) => {
      const queue = timeQueue<number>();
      for (const [at, entry] of entries) queue.add(at, entry);
      expect(queue.size).toBe(entries.length);
      const taken: (readonly [number, number])[] = [];
      for (let first = queue.takeFirst(); first !== null; first = queue.takeFirst())
        taken.push([first.at, first.entry]);
      expect(taken).toEqual(entries.toSorted(([one], [other]) => one - other));
      expect(queue.first()).toBeNull();
    }),
    { numRuns: 200, seed: 67 },
  );
});
