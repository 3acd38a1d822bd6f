import { expect, vi } from "vitest";

// A machine under load takes its time; what never comes fails all the same.
const patienceMs = 150_000;

/** Waits until `read` answers `wanted`; fails with what it answered last. */
export async function until<Value>(read: () => Value | Promise<Value>, wanted: Value): Promise<void> {
  await vi.waitFor(async () => expect(await read()).toEqual(wanted), { timeout: patienceMs, interval: 50 });
}
