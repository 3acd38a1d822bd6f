import fc from "fast-check";
import { expect, test } from "vitest";
import { beyondPrefix, compareText } from "./compare-text.ts";

const utf8 = new TextEncoder();

/** The order of the bytes is the order of the code points: what a database compares. */
function compareBytes(one: string, other: string): number {
  const left = utf8.encode(one);
  const right = utf8.encode(other);
  const at = left.findIndex((byte, index) => byte !== right[index]);
  if (at === -1) return left.length - right.length;
  return (left[at] ?? 0) - (right[at] ?? -1);
}

test("strings are in the order of their UTF-8 bytes", () => {
  // S46, S57
  const text = fc.string({ unit: "binary", maxLength: 6 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(Math.sign(compareText(one, other))).toBe(Math.sign(compareBytes(one, other)));
    }),
    { numRuns: 2_000 },
  );
});

test("an emoji comes after a private-use character, unlike in UTF-16", () => {
  expect("\u{1f600}" < "\uf8ff").toBe(true);
  expect(compareText("\u{1f600}", "\uf8ff")).toBeGreaterThan(0);
});

test("texts with a prefix are those from it on that come before what is beyond it", () => {
  const character = fc.constantFrom("a", "b", "%", "_", "\ud7ff", "\ue000", "\u{10fffe}", "\u{10ffff}");
  const text = fc.string({ unit: character, maxLength: 5 });
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 3 }), text, (prefix, one) => {
      const beyond = beyondPrefix(prefix);
      const isIn = compareText(one, prefix) >= 0 && (beyond === null || compareText(one, beyond) < 0);
      expect(isIn).toBe(one.startsWith(prefix));
    }),
    { numRuns: 5_000 },
  );
});

test("what is beyond a prefix begins with its last character that has a next one", () => {
  expect(beyondPrefix("team:")).toBe("team;");
  expect(beyondPrefix("a\ud7ff")).toBe("a\ue000");
  expect(beyondPrefix("\u{1F600}")).toBe("\u{1F601}");
  expect(beyondPrefix("a\u{10ffff}\u{10ffff}")).toBe("b");
  expect([beyondPrefix(""), beyondPrefix("\u{10ffff}")]).toEqual([null, null]);
});
