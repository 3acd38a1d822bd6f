import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The worker process as one file: it starts in a fraction of the time that many modules take. */
    workerFile: string;
  }
}

/** Vitest global setup: bundles the worker once per run, from the sources of the packages. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "csat-failures-"));
  const workerFile = join(folder, "worker.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    outfile: workerFile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@csat/source"],
    external: ["pg-native"],
    // Not inline: reading a map of 11 MB took two thirds of a worker's start. NODE_OPTIONS=--enable-source-maps reads it.
    sourcemap: "linked",
    logLevel: "error",
    // Packages in CommonJS ask for Node's own modules by `require`, which a module does not have.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  project.provide("workerFile", workerFile);
  return () => rmSync(folder, { recursive: true, force: true });
}
