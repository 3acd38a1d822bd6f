import { expect, test } from "vitest";
import { checkBlocks } from "./blocks/check-blocks.ts";
import { describeFinding } from "./blocks/finding.ts";
import { pagesWithSamples } from "./pages/markdown-files.ts";

test("every code block of every page compiles, runs, parses, or stands in the file it quotes", async () => {
  const { findings, checked } = await checkBlocks(pagesWithSamples());
  console.log(
    `Code blocks: ${Object.entries(checked)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", ")}`,
  );
  expect(findings.map(describeFinding)).toEqual([]);
});
