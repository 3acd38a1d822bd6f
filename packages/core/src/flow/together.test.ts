import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pause } from "../deadline.ts";
import { together } from "./together.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Doubles numbers within 3 ms, and notes what came at once; refuses a batch with a number below nought. */
function doubling(waitMs: number, { tookMs = 3 } = {}) {
  const batches: (readonly number[])[] = [];
  const double = together(waitMs, async (items: readonly number[]) => {
    batches.push(items);
    if (items.some((item) => item < 0)) throw new Error(`refused ${items.join()}`);
    await pause(tookMs);
    return items.map((item) => 2 * item);
  });
  return { batches, double };
}

test("what comes in one moment is worked on at once, each with its own answer", async () => {
  const { batches, double } = doubling(5);
  const both = Promise.all([double(1), double(2)]);
  await vi.advanceTimersByTimeAsync(3);
  expect(await both).toEqual([2, 4]);
  expect(batches).toEqual([[1, 2]]);
});

test("what comes while something is under way goes together when that ends", async () => {
  const { batches, double } = doubling(5);
  const first = double(1);
  await vi.advanceTimersByTimeAsync(1);
  const others = Promise.all([double(2), double(3)]);
  await vi.advanceTimersByTimeAsync(1);
  expect(batches).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await first).toBe(2);
  expect(batches).toEqual([[1], [2, 3]]);
  await vi.advanceTimersByTimeAsync(3);
  expect(await others).toEqual([4, 6]);
});

test("nothing waits longer than it may for what is under way", async () => {
  const { batches, double } = doubling(5, { tookMs: 1_000 });
  const all = [double(1)];
  await vi.advanceTimersByTimeAsync(1);
  all.push(double(2));
  await vi.advanceTimersByTimeAsync(4);
  expect(batches).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(batches).toEqual([[1], [2]]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await Promise.all(all)).toEqual([2, 4]);
});

test("one that cannot be done holds up no other", async () => {
  const { batches, double } = doubling(5, { tookMs: 0 });
  const ended = Promise.allSettled([double(1), double(-1), double(3)]);
  await vi.advanceTimersByTimeAsync(5);
  expect(await ended).toMatchObject([
    { value: 2 },
    { status: "rejected", reason: { message: "refused -1" } },
    { value: 6 },
  ]);
  expect(batches).toEqual([[1, -1, 3], [1], [-1], [3]]);
});
