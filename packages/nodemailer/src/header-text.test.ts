import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { displayText, headerText } from "./header-text.ts";

// S36
test("control characters and line separators are removed, everything else stays", () => {
  expect(headerText("a\r\nb\tc\u0000d\u007fe\u0085f\u2028g\u2029h")).toBe("abcdefgh");
  expect(headerText(" 👩‍👩‍👧 שלום ")).toBe("👩‍👩‍👧 שלום");
});

test("half of a character pair becomes the replacement character", () => {
  expect(headerText("a\ud800b")).toBe("a\ufffdb");
});

test("no text holds a control character or an encoded word afterwards", () => {
  const text = string({
    unit: constantFrom("=?", "utf-8", "?", "q", "B", "?=", "\r", "\n", "a", " ", "\u2028"),
  });
  assert(
    property(text, (value) => {
      expect(displayText(value)).not.toMatch(/[\p{Cc}\u2028\u2029]|=\?[^\s?]+\?[bq]\?/iu);
    }),
  );
});
