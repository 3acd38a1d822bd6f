import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";

const lookEveryMs = 20;
// A minute of looks at something that stands still. A slow machine looks less often, so its minute is longer.
const looksAtStandstill = 60_000 / lookEveryMs;

/**
 * Waits until `read` answers `wanted`, however long that takes, as long as its answers change; so `read` counts what
 * is to come. Fails with the last answer, or with what `read` threw, when nothing moved for a minute.
 */
export async function until<Value>(read: () => Value | Promise<Value>, wanted: Value): Promise<void> {
  await untilIt(read, (value) => expect(value).toEqual(wanted));
}

/** As `until`, for a count that may pass what is wanted while nobody looks. */
export async function untilAtLeast(read: () => number | Promise<number>, wanted: number): Promise<void> {
  await untilIt(read, (count) => expect(count).toBeGreaterThanOrEqual(wanted));
}

async function untilIt<Value>(
  read: () => Value | Promise<Value>,
  expectIt: (value: Value) => void,
): Promise<void> {
  let before: unknown;
  for (let still = 0; ; still++) {
    let now: unknown;
    let reason: unknown;
    try {
      const value = await read();
      now = value;
      expectIt(value);
      return;
    } catch (error) {
      // What cannot be read just now, as while a server restarts, is an answer as well.
      now ??= String(error);
      reason = error;
    }
    if (!isDeepStrictEqual(now, before)) still = 0;
    before = now;
    if (still >= looksAtStandstill) throw reason;
    await pause(lookEveryMs);
  }
}

/** How long something outside lasts, as an outage of a server. What the library does is never awaited by time. */
export async function lasts(ms: number): Promise<void> {
  await pause(ms);
}
