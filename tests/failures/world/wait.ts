import { expect, vi } from "vitest";

/** Waits until `read` answers `wanted`; fails with what it answered last. */
export async function until<Value>(read: () => Value | Promise<Value>, wanted: Value): Promise<void> {
  await vi.waitFor(async () => expect(await read()).toEqual(wanted), { timeout: 60_000, interval: 50 });
}
