import type { TestProject } from "vitest/node";
import { findChromium } from "./chromium/find-chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of a Chromium that runs: Playwright's `executablePath`. */
    chromiumPath: string;
  }
}

/** Vitest global setup: finds a Chromium for the browser tests, or ends the run with words on how to get one. */
export default function setup(project: TestProject): void {
  const { program, origin } = findChromium();
  console.log(`Chromium for tests: ${origin}`);
  project.provide("chromiumPath", program);
}
