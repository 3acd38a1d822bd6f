import { defineConfig } from "vitest/config";
import { closingLineReporter } from "./tests/support/src/closing-line.ts";
import projects from "./vitest.workspace.ts";

export default defineConfig({
  test: {
    projects,
    reporters: ["default", closingLineReporter()],
    coverage: {
      provider: "v8",
      // The rules themselves: every line and branch of them is tested. Adapters are proved by the conformance kit.
      include: ["packages/core/src/{policy,metrics}/**/*.ts"],
      reporter: ["text"],
      thresholds: { 100: true },
    },
  },
});
