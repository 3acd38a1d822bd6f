/** Runs the steps of a run, and says how each went. */
export interface Steps {
  /** Runs a step; null when it failed, and what depends on it cannot run. */
  readonly step: <Result>(title: string, work: () => Promise<Result> | Result) => Promise<Result | null>;
  /** Prints what failed again, then `N passed, N failed, N skipped` alone on the last line. True when nothing failed. */
  readonly end: () => boolean;
}

/** Steps that are printed as they end, with their seconds. */
export function printedSteps(): Steps {
  const passed: string[] = [];
  const failed: string[] = [];
  return {
    step: async (title, work) => {
      const begun = performance.now();
      const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
      try {
        const result = await work();
        passed.push(title);
        console.log(`ok      ${title} (${seconds()})`);
        return result;
      } catch (error) {
        failed.push(title);
        console.log(`FAILED  ${title} (${seconds()})\n${indented(described(error))}`);
        return null;
      }
    },
    end: () => {
      if (failed.length > 0) console.log(`\nFailed:\n${failed.map((title) => `  ${title}`).join("\n")}`);
      console.log(`\n${passed.length} passed, ${failed.length} failed, 0 skipped`);
      return failed.length === 0;
    },
  };
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\nbecause: ${described(error.cause)}`;
  return `${error.message}${cause}`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, "        ");
}
