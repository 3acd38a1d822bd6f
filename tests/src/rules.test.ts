import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ruleTitles } from "./rule-titles.ts";

const root = join(import.meta.dirname, "..", "..");

const cited = citedRules();

test("the table of rules says which tests prove each rule (vitest -u writes it)", async () => {
  const rows = Object.entries(ruleTitles).map(([rule, title]) => `| ${rule} | ${title} | ${filesOf(rule)} |`);
  const page = [
    "# Rules and their tests",
    "",
    "Every rule of the product, and the tests that cite it. The page is written by the tests and checked by them.",
    "",
    "| rule | in short | tests |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
  await expect(page).toMatchFileSnapshot(join(root, "docs/reference/rules.md"));
});

test.each(Object.keys(ruleTitles))("%s has a test that cites it", (rule) => {
  expect(cited.get(rule) ?? []).not.toEqual([]);
});

test("every citation is of a rule that exists", () => {
  expect([...cited.keys()].filter((rule) => !(rule in ruleTitles))).toEqual([]);
});

function citedRules(): ReadonlyMap<string, readonly string[]> {
  const rules = new Map<string, string[]>();
  for (const file of testFiles()) {
    for (const comment of readFileSync(join(root, file), "utf8").match(/\/\/.*\bS\d+\b.*/g) ?? []) {
      for (const rule of comment.match(/\bS\d+\b/g) ?? []) {
        const files = rules.get(rule) ?? [];
        if (!files.includes(file)) files.push(file);
        rules.set(rule, files);
      }
    }
  }
  return rules;
}

/** Test files, and the conformance cases, which are tests for whoever runs the kit. */
function testFiles(): readonly string[] {
  return ["packages", "examples", "tests"]
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map(
        (file) => `${top}/${file.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => !/(^|\/)(node_modules|dist|coverage)\//.test(file))
    .filter(
      (file) =>
        file.endsWith(".test.ts") ||
        /^packages\/conformance\/src\/(storage|scheduler|mailer|channel|webhook-transport)\/.*\.ts$/.test(
          file,
        ),
    )
    .sort();
}

function filesOf(rule: string): string {
  const files = cited.get(rule) ?? [];
  if (files.length === 0) return "with a later release";
  return files.map((file) => `[${file.replace(/^.*\//, "")}](../../${file})`).join(", ");
}
