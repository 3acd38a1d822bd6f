import type { BenchPath } from "../bench-path.ts";
import { startChild } from "../child.ts";
import { median } from "../measure.ts";
import type { MemoryAt } from "../memory-worker.ts";

/** Whether a worker grows with its age. */
export const workerMemory: BenchPath = {
  id: "memory",
  title: "a worker's memory over 100,000 surveys and events",
  rawSide: "its own after a fifth of them",
  unit: "MB",
  goal: { of: "ratio", atMost: 1.1 },
  measure: async (bench) => {
    const surveys = bench.sized(100_000);
    const step = Math.ceil(surveys / 20);
    const child = startChild<MemoryAt>("memory-worker.ts", {
      words: [bench.url, String(surveys), String(step)],
      nodeOptions: ["--expose-gc"],
    });
    const seen: number[] = [];
    await new Promise<void>((resolve, reject) => {
      child.onMessage(({ surveys: done, liveBytes }) => {
        seen.push(liveBytes / 1_000_000);
        if (done >= surveys) resolve();
      });
      child.onExit((code) => reject(new Error(`The worker ended with ${code}.`)));
    });
    await child.end();
    // The middle of a few steps: what a step holds by chance is no trend.
    const early = median(seen.slice(3, 8));
    const late = median(seen.slice(-5));
    return {
      rounds: [{ ours: late, raw: early }],
      notes: [`in use after a collection, by twentieths: ${seen.map((mb) => mb.toFixed(1)).join(", ")} MB`],
    };
  },
};
