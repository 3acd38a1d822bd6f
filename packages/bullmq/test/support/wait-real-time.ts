import { vi } from "vitest";

/** Lets `ms` of real time pass: BullMQ's delays run on Redis' timers, which no fake clock moves. */
export async function waitRealTime(ms: number): Promise<void> {
  const end = performance.now() + ms;
  await vi.waitFor(
    () => {
      if (performance.now() < end) throw new Error("not yet");
    },
    { timeout: ms + 30_000, interval: Math.min(ms, 5) },
  );
}
