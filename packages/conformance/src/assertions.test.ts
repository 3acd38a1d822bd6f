import { CsatError } from "@csat/core";
import { expect, test } from "vitest";
import { expectCsatError, expectEqual, expectPresent, expectTrue } from "./assertions.ts";

test("equal values pass: dates by their time, keys in any order", () => {
  expect(() => expectEqual({ a: new Date(5), b: [1] }, { b: [1], a: new Date(5) }, "it")).not.toThrow();
});

test("a number is not its text, a missing key is not null, one key more is a difference", () => {
  for (const [actual, expected] of [
    [1, "1"],
    [{}, { a: null }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [new Date(5), new Date(6)],
    [
      [1, 2],
      [2, 1],
    ],
  ]) {
    expect(() => expectEqual<unknown>(actual, expected, "it")).toThrow(/^it: expected /);
  }
});

test("a claim that does not hold, and a value that is not there, fail by name", () => {
  expect(() => expectTrue(false, "the sun shines")).toThrow("not true: the sun shines");
  expect(() => expectPresent(null, "the sun")).toThrow("the sun: expected it to exist, got null");
  expect(expectPresent(0, "zero")).toBe(0);
});

test("only a CsatError of the code passes where one is expected", async () => {
  const rejecting = (error: unknown) => () => Promise.reject(error);
  await expectCsatError(rejecting(new CsatError("invalid_input", "no")), "invalid_input", "it");
  for (const work of [
    rejecting(new CsatError("storage_failed", "no")),
    rejecting(new Error("invalid_input")),
    () => Promise.resolve("invalid_input"),
  ]) {
    await expect(expectCsatError(work, "invalid_input", "it")).rejects.toThrow(
      /^it: expected a CsatError "invalid_input"/,
    );
  }
});
