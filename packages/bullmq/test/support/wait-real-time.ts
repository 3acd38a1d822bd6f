import { expect } from "vitest";

/** Lets `ms` of real time pass: BullMQ's delays run on Redis' timers, which no fake clock moves. */
export async function waitRealTime(ms: number): Promise<void> {
  const end = performance.now() + ms;
  const remaining = () => end - performance.now();
  await expect.poll(remaining, { timeout: ms + 60_000, interval: Math.min(ms, 5) }).toBeLessThanOrEqual(0);
}
