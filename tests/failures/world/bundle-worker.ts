import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Starts a worker process, from one bundle: it starts in a fraction of the time that many modules take. */
    workerFile: string;
  }
}

/** Vitest global setup: bundles and compiles the worker once per run, from the sources of the packages. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "csat-failures-"));
  await build({
    entryPoints: ["worker", "start-worker", "steady-worker", "links-process"].map((name) =>
      join(import.meta.dirname, `${name}.ts`),
    ),
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    conditions: ["@csat/source"],
    external: ["pg-native"],
    // Not inline: reading a map of 11 MB took two thirds of a worker's start. NODE_OPTIONS=--enable-source-maps reads it.
    sourcemap: "linked",
    logLevel: "error",
  });
  const workerFile = join(folder, "start-worker.js");
  execFileSync(process.execPath, [workerFile, "--compile"]);
  project.provide("workerFile", workerFile);
  return () => rmSync(folder, { recursive: true, force: true });
}
