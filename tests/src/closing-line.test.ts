import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

test("a run ends with one line that counts passed, failed and skipped tests", () => {
  const run = runVitest({
    "good.test.ts": `test("one", () => {}); test("two", () => {}); test.skip("three", () => {});`,
    "bad.test.ts": `test("four", () => { expect(1).toBe(2); });`,
  });
  expect(run).toEqual({ lastLine: "2 passed, 1 failed, 1 skipped", exitCode: 1 });
});

test("a run in which nothing fails ends with exit code 0", () => {
  const run = runVitest({ "good.test.ts": `test("one", () => {});` });
  expect(run).toEqual({ lastLine: "1 passed, 0 failed, 0 skipped", exitCode: 0 });
});

test("a file that does not load and an error outside of any test count as failed", () => {
  const run = runVitest({
    "good.test.ts": `test("one", () => {});`,
    "unloadable.test.ts": `import "./missing.ts"; test("two", () => {});`,
    "stray.test.ts": `test("three", async () => { Promise.reject(new Error("stray")); await new Promise(setImmediate); });`,
  });
  expect(run).toEqual({ lastLine: "2 passed, 2 failed, 0 skipped", exitCode: 1 });
});

test("a group whose preparation fails counts as failed, its tests as skipped", () => {
  const run = runVitest({
    "group.test.ts": `describe("group", () => { beforeAll(() => { throw new Error("no"); }); test("one", () => {}); });`,
  });
  expect(run).toEqual({ lastLine: "0 passed, 1 failed, 1 skipped", exitCode: 1 });
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
