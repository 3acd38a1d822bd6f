import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { hostileShapes } from "./shapes.ts";

const sizes = [256_000, 1_000_000];

// S73
test("a mail made to cost much is read, or refused, within a heap of 64 MB", async ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), "csat-mail-reports-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, "read.mjs");
  await build({
    entryPoints: [new URL("read-within-limits.ts", import.meta.url).pathname],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@csat/source", "import"],
  });
  // V8's own bound, whatever the clock says.
  const worker = new Worker(outfile, {
    workerData: sizes,
    resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 16 },
  });
  onTestFinished(() => worker.terminate().then(() => {}));
  const read = await new Promise<readonly string[]>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`The thread ended with ${code}.`)));
  });
  expect(read).toHaveLength(Object.keys(hostileShapes).length * sizes.length);
});
