import { expect, test } from "vitest";
import { readAttributes } from "./attributes.ts";
import { sliceOf, slicesOf, sliceText } from "./slices.ts";

test("what is kept are the values of the named attributes, a set's one by one, distinct and in code-point order", () => {
  // S85
  const { attributes } = readAttributes({
    team: "Billing",
    tags: ["vip", "refund", "\u{1f600}", "\uffee"],
    level: 2,
    internal: "x",
  });
  expect(slicesOf(attributes, ["team", "tags", "level", "absent"])).toEqual([
    "level=2",
    "tags=refund",
    "tags=vip",
    "tags=\uffee",
    "tags=\u{1f600}",
    "team=Billing",
  ]);
  expect(slicesOf(attributes, [])).toEqual([]);
  expect(slicesOf(undefined, ["team"])).toEqual([]);
  expect(slicesOf(attributes, ["constructor"])).toEqual([]);
});

test("a long value is cut to 294 code points with its name, and asking for all of it finds the same", () => {
  // S85
  const value = "\u{1f600}".repeat(240);
  expect(Array.from(sliceText({ attribute: "team", value }))).toHaveLength(245);
  const long = "ab ".repeat(200);
  const kept = sliceText({ attribute: "team", value: long });
  expect(Array.from(kept).length).toBeLessThanOrEqual(294);
  expect(kept.endsWith("\u2026")).toBe(true);
  expect(slicesOf(readAttributes({ team: long }).attributes, ["team"])).toEqual([kept]);
  // Two that differ behind the cut only are one value of a set.
  expect(slicesOf({ tags: [`${long}1`, `${long}2`] }, ["tags"])).toEqual([`tags=${sliceOf(kept).value}`]);
});

test("white space in a value, however much, hides nothing behind it", () => {
  // S85
  const value = `a${" ".repeat(3_000)}b`;
  expect(slicesOf(readAttributes({ team: value }).attributes, ["team"])).toEqual(["team=a b"]);
  expect(sliceText({ attribute: "team", value })).toBe("team=a b");
});

test("a text gives back its attribute and its value, whatever the value holds", () => {
  // S85
  for (const value of ["a=b", "=", ":", "x"])
    expect(sliceOf(sliceText({ attribute: "team", value }))).toEqual({ attribute: "team", value });
});
