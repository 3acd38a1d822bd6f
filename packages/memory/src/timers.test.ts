import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { systemTimers, timersOf } from "./timers.ts";

const day = 86_400_000;

// The platform's own timers are replaced, and vitest's fire at once beyond 2^31 − 1 ms, as those of Node do.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([0, 1, 1000, 24 * day, 25 * day, 49.8 * day, 400 * day])(
  "a timer of %d ms fires after exactly that time, and once",
  (delayMs) => {
    let fired = 0;
    systemTimers.setTimer(() => fired++, delayMs);
    vi.advanceTimersByTime(Math.max(0, delayMs - 1));
    expect(fired).toBe(delayMs === 0 ? 1 : 0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
    vi.advanceTimersByTime(100 * day);
    expect(fired).toBe(1);
  },
);

test("a timer for ever never fires", () => {
  let fired = 0;
  systemTimers.setTimer(() => fired++, Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(1000 * day);
  expect(fired).toBe(0);
});

test("a timer can be called off, also in its later stretches", () => {
  let fired = 0;
  const callOffs = [systemTimers.setTimer(() => fired++, 10), systemTimers.setTimer(() => fired++, 60 * day)];
  callOffs[0]?.();
  vi.advanceTimersByTime(59 * day);
  callOffs[1]?.();
  vi.advanceTimersByTime(59 * day);
  expect(fired).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a clock with timers of its own is woken by those, any other by the system's", () => {
  const clock = fakeClock();
  expect(timersOf(clock)).toBe(clock);
  expect(timersOf({ now: () => new Date(0) })).toBe(systemTimers);
});
