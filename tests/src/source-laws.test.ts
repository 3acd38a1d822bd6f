import { expect, test } from "vitest";
import { brokenLaws } from "../../scripts/check/source-laws.ts";

const inCore = "packages/core/src/policy/a.ts";
const inTest = "packages/memory/src/a.test.ts";

interface Sample {
  readonly what: string;
  readonly path: string;
  readonly text: string;
}

const sample = (what: string, path: string, text: string): Sample => ({ what, path, text });

const lawful = [
  sample("the clock of the core reads the time", "packages/core/src/ports/clock.ts", "new Date(Date.now());"),
  sample("the abort of a send is a timer", "packages/core/src/deadline.ts", "setTimeout(abort, 5);"),
  sample("an adapter reads the time", "packages/http/src/a.ts", "const now = new Date();"),
  sample("a date made from a number", inCore, "const then = new Date(0);"),
  sample("`as` with a reason", inCore, "// The driver gives text.\nconst name = row as string;"),
  sample("`as const`", inCore, "const names = ['a'] as const;"),
  sample("a documented export", inCore, "/** The promise. */\nexport const a = 1;"),
  sample("the error class", "packages/core/src/errors.ts", "/** The error. */\nexport class CsatError {}"),
  sample("a runner's skip for the kit", inTest, "kit({ skip: (name) => it.skip(name, () => {}) });"),
  sample("a test that waits for what comes", inTest, "await expect.poll(() => ran.length).toBe(2);"),
  sample("an export of a test without a comment", inTest, "export const builder = 1;"),
  sample("a file of 300 lines", inCore, "const line = 1;\n".repeat(300)),
];
const unlawful = [
  sample("a rule that reads the time", inCore, "const now = Date.now();"),
  sample("a rule that hands on the clock", inCore, "const clock = { now: Date.now };"),
  sample("a rule that makes a date of now", inCore, "const now = new Date();"),
  sample("a timer in a rule", inCore, "setTimeout(abort, 5);"),
  sample("a test that sleeps", inTest, "await new Promise((resolve) => setTimeout(resolve, 5));"),
  sample(
    "a test that imports a sleep",
    inTest,
    'import { setTimeout as sleep } from "node:timers/promises";',
  ),
  sample("a test that waits by limits of its own", inTest, "await vi.waitFor(() => ran.length > 0);"),
  sample("a test with a limit of its own", inTest, 'test("is fast", async () => {}, 5_000);'),
  sample("a test with a limit among its options", inTest, 'test("is fast", { timeout: 5 }, () => {});'),
  sample("a hook with a limit of its own", inTest, "beforeAll(async () => {}, 5_000);"),
  sample("a skipped test", inTest, 'test.skip("later", () => {});'),
  sample("a singled out group", inTest, 'describe.only("this", () => {});'),
  sample("a test left for later", inTest, 'test.todo("never");'),
  sample("a mocked module", inTest, 'vi.mock("./storage.ts");'),
  sample("`as` without a reason", inCore, "const a = 1;\nconst name = row as string;"),
  sample("a class", inCore, "class Sender {}"),
  sample("an import without suffix", inCore, 'import { a } from "./a";'),
  sample("an export with a suffix of the output", inCore, 'export { a } from "./a.js";'),
  sample("an export without a comment", inCore, "export const a = 1;"),
  sample("a file of 301 lines", inCore, "const line = 1;\n".repeat(301)),
  sample("a test of 301 lines", inTest, "const line = 1;\n".repeat(301)),
  sample("a style sheet of 301 lines", "packages/http/src/page.css", "\n".repeat(301)),
];

test.each(lawful)("the laws allow $what", ({ path, text }) => {
  expect(brokenLaws({ path, text })).toEqual([]);
});

test.each(unlawful)("the laws forbid $what", ({ path, text }) => {
  expect(brokenLaws({ path, text })).toHaveLength(1);
});
