import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { together } from "./together.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Doubles numbers, and notes what came at once; refuses a batch with a number below nought. */
function doubling(waitMs: number) {
  const batches: (readonly number[])[] = [];
  const double = together(waitMs, async (items: readonly number[]) => {
    batches.push(items);
    if (items.some((item) => item < 0)) throw new Error(`refused ${items.join()}`);
    return items.map((item) => 2 * item);
  });
  return { batches, double };
}

test("what comes while the first one waits is worked on at once, each with its own answer", async () => {
  const { batches, double } = doubling(5);
  const first = double(1);
  await vi.advanceTimersByTimeAsync(4);
  const second = double(2);
  expect(batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.all([first, second])).toEqual([2, 4]);
  expect(batches).toEqual([[1, 2]]);
});

test("what comes later waits anew, and no longer", async () => {
  const { batches, double } = doubling(5);
  const first = double(1);
  await vi.advanceTimersByTimeAsync(5);
  const second = double(2);
  await vi.advanceTimersByTimeAsync(5);
  expect(await Promise.all([first, second])).toEqual([2, 4]);
  expect(batches).toEqual([[1], [2]]);
});

test("one that cannot be done holds up no other", async () => {
  const { batches, double } = doubling(5);
  const ended = Promise.allSettled([double(1), double(-1), double(3)]);
  await vi.advanceTimersByTimeAsync(5);
  expect(await ended).toMatchObject([
    { value: 2 },
    { status: "rejected", reason: { message: "refused -1" } },
    { value: 6 },
  ]);
  expect(batches).toEqual([[1, -1, 3], [1], [-1], [3]]);
});
