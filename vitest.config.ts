import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { closingLineReporter } from "./tests/support/src/closing-line.ts";
import projects from "./vitest.workspace.ts";

const rules = fileURLToPath(new URL("packages/core/src", import.meta.url));

export default defineConfig({
  test: {
    projects,
    // Vitest leaves one processor idle, which of two is half.
    maxWorkers: Math.min(Math.max(availableParallelism(), 2), 8),
    reporters: ["default", closingLineReporter()],
    coverage: {
      provider: "v8",
      // The rules themselves: the tests beside them run every line and branch. Adapters are proved by the conformance kit.
      // From the root of the disk: each project looks for files without a test below its own folder.
      include: [`${rules}/{policy,metrics}/**/*.ts`],
      reporter: ["text"],
      thresholds: { 100: true },
    },
  },
});
