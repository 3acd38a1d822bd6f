import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commonOptions } from "../src/parse-arguments.ts";
import { commands } from "../src/run.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const reference = read("../../../docs/reference/cli.md");

test.each(commands)("the reference has a section on $name with every option", ({ name, options }) => {
  const [, section = ""] = reference.split(new RegExp(`^## \`csat ${name}[ \`].*$`, "m"));
  const [text = ""] = section.split(/^## /m);
  expect(text).not.toBe("");
  for (const option of Object.keys(options))
    expect(text).toMatch(new RegExp(`^\\|.*\`.*--${option}\\b`, "m"));
});

test("the reference has every option that all commands take", () => {
  for (const option of Object.keys(commonOptions)) expect(reference).toContain(`| \`--${option}`);
});

test("the reference has every finding", () => {
  const codes = [...read("../src/doctor/report.ts").matchAll(/^ {2}\| "(\w+)"/gm)].map(([, code]) => code);
  expect(codes).toHaveLength(18);
  for (const code of codes) expect(reference).toContain(`| \`${code}\` |`);
});
