import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { printFigures } from "./world/figures.ts";
import { killRun } from "./world/kill-run.ts";

const size = sized({
  usual: { surveys: 120, mailsPerKill: 8 },
  full: { surveys: 1_000, mailsPerKill: 20 },
});

test("every survey leaves once, though one of four workers is killed after every few mails", async ({
  onTestFinished,
}) => {
  // S10, S11, S13, S52
  const figures = await killRun({ onTestFinished, ...size });
  printFigures("kill -9", figures);
  expect(figures.kills).toBeGreaterThan(5);
});
