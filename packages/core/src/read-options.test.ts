import { expect, onTestFinished, test, vi } from "vitest";
import { idleOptions } from "../test/idle-options.ts";
import { createCsat } from "./create-csat.ts";
import { isCsatError } from "./errors.ts";
import type { CsatOptions } from "./options.ts";
import { readOptions } from "./read-options.ts";

const good = idleOptions();

/** Options as a caller without types may pass them. */
function create(options: unknown) {
  return createCsat(options as CsatOptions<never>); // On purpose: bad input.
}

function pathsOf(options: unknown): readonly string[] {
  try {
    create(options);
  } catch (error) {
    if (isCsatError(error, "invalid_config")) return error.issues.map(({ path }) => path).toSorted();
    throw error;
  }
  return [];
}

test("options that are complete make a library, and its public URL has no trailing slash", () => {
  expect(create({ ...good, publicUrl: "https://help.example.com/csat//" }).publicUrl).toBe(
    "https://help.example.com/csat",
  );
});

test("every bad option is named at once", () => {
  expect(
    pathsOf({
      ...good,
      mailer: {},
      publicUrl: "/csat",
      leaseForMs: 1,
      maxCommentLength: "2000",
      sweepEveryMs: 1.5,
      storageTimeoutMs: 99,
      precedence: "junk",
      theme: "blue",
      workspaceName: "Acme",
    }),
  ).toEqual([
    "leaseForMs",
    "mailer",
    "maxCommentLength",
    "precedence",
    "publicUrl",
    "storageTimeoutMs",
    "sweepEveryMs",
    "theme",
    "workspaceName",
  ]);
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a string", "https://help.example.com"],
])("%s is refused", (_name, options) => {
  expect(pathsOf(options)).toEqual([""]);
});

test.each([
  "",
  "help.example.com",
  "ftp://help.example.com",
  "https://help.example.com/?a=1",
  "javascript:alert(1)",
])("the public URL %j is refused, and the error says what one looks like", (publicUrl) => {
  expect(() => create({ ...good, publicUrl })).toThrow(/https:\/\/help\.example\.com\/csat/);
});

test("a theme that never answers costs its looks after two seconds, not the mail or the page", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const warnings: string[] = [];
  const options = {
    ...good,
    theme: () => new Promise(() => {}),
    logger: {
      debug() {},
      info() {},
      error() {},
      warn: (_: object, message: string) => warnings.push(message),
    },
  };
  const { themeOf } = readOptions(options as unknown as CsatOptions<never>); // On purpose: ports without substance.
  const theme = themeOf("acme");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await theme).toBe(null);
  expect(warnings.join()).toMatch(/theme failed/);
});

test.each([
  [{ comments: 0 }, "retention.comments"],
  [{ journal: 3_651 }, "retention.journal"],
  [{ events: 1.5 }, "retention.events"],
  [{ events: "30" }, "retention.events"],
  // Links last a day at least, and are kept for longer than they last.
  [{ tokens: 1 }, "retention.tokens"],
  [{ answers: 30 }, "retention"],
  [30, "retention"],
])("retention %j is refused at %s", (retention, path) => {
  // S78
  expect(pathsOf({ ...good, retention })).toEqual([path]);
});

test("retention takes each kind by itself, all, and none", () => {
  // S78
  for (const retention of [{}, { comments: 1 }, { comments: 3_650, journal: 1, events: 1, tokens: 2 }])
    expect(readOptions({ ...good, retention }).retention).toEqual(retention);
  expect(readOptions(good).retention).toEqual({});
});
