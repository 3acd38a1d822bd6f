import { CsatError } from "@csat/core";
import { expect, test } from "vitest";
import { batched } from "./batched.ts";

/** Work that ends when it is told to; remembers what travelled together. */
function heldWork(fail: (items: readonly string[]) => Error | null = () => null) {
  const trips: { readonly items: readonly string[]; readonly end: () => void }[] = [];
  const work = (items: readonly string[]) =>
    new Promise<readonly string[]>((resolve, reject) => {
      const end = () => {
        const error = fail(items);
        if (error === null) resolve(items.map((item) => `${item} done`));
        else reject(error);
      };
      trips.push({ items, end });
    });
  return { trips, work, itemsOf: () => trips.map(({ items }) => items) };
}

/** What a database answers with this SQLSTATE. */
function refusal(code: string): CsatError {
  return new CsatError("storage_failed", "refused", { cause: Object.assign(new Error("refused"), { code }) });
}

test("who comes while two statements are under way goes with the next, and nobody waits for a time", async () => {
  const { trips, work, itemsOf } = heldWork();
  const call = batched({ work });
  const results = Promise.all(["a", "b", "c", "d", "e"].map(call));
  expect(itemsOf()).toEqual([["a"], ["b"]]);
  trips[1]?.end();
  await expect.poll(itemsOf).toEqual([["a"], ["b"], ["c", "d", "e"]]);
  trips[0]?.end();
  trips[2]?.end();
  expect(await results).toEqual(["a done", "b done", "c done", "d done", "e done"]);
});

test("two calls for one record never travel together", async () => {
  const { trips, work, itemsOf } = heldWork();
  const call = batched({ work, keysOf: (item: string) => [item.slice(0, 1)] });
  const results = Promise.all(["x", "y", "a1", "a2", "b1"].map(call));
  trips[0]?.end();
  await expect.poll(itemsOf).toEqual([["x"], ["y"], ["a1", "b1"]]);
  trips[1]?.end();
  await expect.poll(itemsOf).toEqual([["x"], ["y"], ["a1", "b1"], ["a2"]]);
  trips[2]?.end();
  trips[3]?.end();
  expect(await results).toHaveLength(5);
});

test("calls travel together that share what neither of them writes, and without who writes it", async () => {
  const { trips, work, itemsOf } = heldWork();
  const letters = (item: string, from: number, to?: number) => item.slice(from, to).split("");
  const call = batched({
    work,
    keysOf: (item: string) => letters(item, 0, 1),
    sharedKeysOf: (item) => letters(item, 1),
  });
  const results = Promise.all(["x", "y", "as", "bs", "s", "c", "dc", "es"].map(call));
  trips[0]?.end();
  await expect.poll(itemsOf).toEqual([["x"], ["y"], ["as", "bs", "c", "es"]]);
  trips[1]?.end();
  await expect.poll(itemsOf).toEqual([["x"], ["y"], ["as", "bs", "c", "es"], ["s", "dc"]]);
  trips[2]?.end();
  trips[3]?.end();
  expect(await results).toHaveLength(8);
});

test.each(["22P05", "23514", "54000"])(
  "what the database refuses by %s fails its own caller alone",
  async (code) => {
    const call = batched({
      work: async (items: readonly string[]) => {
        if (items.includes("bad")) throw refusal(code);
        return items;
      },
    });
    const results = await Promise.allSettled(["a", "b", "c", "bad", "d"].map(call));
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  },
);

test("what may have been written is not repeated: all of the statement learn of it", async () => {
  const { trips, work, itemsOf } = heldWork((items) => (items.length > 1 ? refusal("57P01") : null));
  const call = batched({ work });
  const results = Promise.allSettled(["a", "b", "c", "d"].map(call));
  trips[0]?.end();
  await expect.poll(itemsOf).toEqual([["a"], ["b"], ["c", "d"]]);
  trips[1]?.end();
  trips[2]?.end();
  expect((await results).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "rejected",
  ]);
  expect(itemsOf()).toHaveLength(3);
});
