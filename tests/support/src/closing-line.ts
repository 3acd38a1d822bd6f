import type { Reporter, TestModule } from "vitest/node";

/** How many tests ended in which way. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Vitest reporter that ends a run with the line `N passed, N failed, N skipped`.
 * What stops tests from running counts as a failure: a file that does not load, a broken hook of a group, an error
 * outside of any test. A run that fails for another reason, such as a coverage gate, counts one failure too.
 */
export function closingLineReporter(): Reporter {
  let counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
  return {
    onInit(vitest) {
      if (vitest.config.watch) return;
      // Coverage tables and errors of the run itself are printed after the last event of a reporter.
      process.once("exit", (code) => process.stdout.write(`${closingLine({ counts, code })}\n`));
    },
    onTestRunEnd(modules, errors) {
      counts = countTests(modules);
      counts = { ...counts, failed: counts.failed + errors.length };
    },
  };
}

/** The line for these counts; an exit code other than 0 never goes with `0 failed`. */
function closingLine({
  counts: { passed, failed, skipped },
  code,
}: {
  readonly counts: TestCounts;
  readonly code: number;
}): string {
  return `${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed, ${skipped} skipped`;
}

function countTests(modules: readonly TestModule[]): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that is still pending was cut off with its run.
      if (state === "pending") counts.skipped++;
      else counts[state]++;
    }
    const broken = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
    counts.failed += broken.length + (module.errors().length > 0 ? 1 : 0);
  }
  return counts;
}
