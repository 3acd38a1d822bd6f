import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

test("a run in which nothing fails ends with the count of its tests and exit code 0", () => {
  const run = runVitest({
    "good.test.ts": `test("one", () => {}); test("two", () => {}); test.skip("three");`,
  });
  expect(run).toEqual({ lastLine: "2 passed, 0 failed, 1 skipped", exitCode: 0 });
});

test("tests that could not run count: a file that does not load, a group that is not prepared, a stray error", () => {
  const run = runVitest({
    "wrong.test.ts": `test("one", () => {}); test("two", () => { expect(1).toBe(2); });`,
    "unloadable.test.ts": `import "./missing.ts"; test("three", () => {});`,
    "stray.test.ts": `test("four", async () => { Promise.reject(new Error("stray")); await new Promise(setImmediate); });`,
    "group.test.ts": `describe("group", () => { beforeAll(() => { throw new Error("no"); }); test("five", () => {}); });`,
  });
  expect(run).toEqual({ lastLine: "2 passed, 4 failed, 1 skipped", exitCode: 1 });
});

test("a run that cannot start at all counts as failed", () => {
  expect(runVitest({})).toEqual({ lastLine: "0 passed, 1 failed, 0 skipped", exitCode: 1 });
});

/** Runs vitest with the reporter on these files, in a folder below this one so that they can import vitest. */
function runVitest(files: Readonly<Record<string, string>>) {
  const cache = join(here, "..", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "closing-line-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, "vitest.config.mjs"),
    `import { closingLineReporter } from ${JSON.stringify(join(here, "../support/src/closing-line.ts"))};
     export default { test: { globals: true, reporters: ["default", closingLineReporter()] } };`,
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const run = spawnSync(process.execPath, [vitest, "run", "--root", folder], { encoding: "utf8" });
  return { lastLine: run.stdout.trimEnd().split("\n").at(-1), exitCode: run.status };
}
