import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const samplePath = join(root, "examples/quickstart/src/embed.ts");
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README shows the embedding sample as it stands in the examples, in 25 lines", () => {
  const sample = readFileSync(samplePath, "utf8");
  expect(readme).toContain(`\`\`\`ts\n${sample}\`\`\``);
  expect(sample.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
});

test("the embedding sample compiles against the packages", () => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([samplePath], { ...options, noEmit: true }));
  expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
});

test("the two commands of the README are scripts of the workspace", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(readme).toMatch(/npm run demo.*\nnpm test/);
  expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) });
});

test("every link of the README leads to a file of the repository", () => {
  const targets = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)/g), (match) => match[1] ?? "");
  expect(targets.length).toBeGreaterThan(5);
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});
