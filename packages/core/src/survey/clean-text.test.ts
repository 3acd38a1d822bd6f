import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { cutText, hasAtMost, isBlank, manyLines, oneLine, shortLine } from "./clean-text.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

// S36
test.each([
  ["a line break", "Dana\r\nBcc: eve@example.com", "Dana Bcc: eve@example.com"],
  ["a lone CR", "a\rb", "a b"],
  ["tabs and runs of spaces", "  a\t\t b   c ", "a b c"],
  ["vertical tab and form feed", "a\vb\fc", "a b c"],
  ["line and paragraph separators", "a\u2028b\u2029c\u0085d", "a b c d"],
  ["a no-break space", "a\u00a0b", "a b"],
  ["NUL, ESC and DEL", "a\u0000b\u001bc\u007fd\u009be", "abcde"],
  ["a control character between spaces", "a \u0000 b", "a b"],
  ["a direction override", "invoice\u202efdp.exe", "invoicefdp.exe"],
  ["direction isolates", "\u2066a\u2069", "a"],
  ["a byte order mark", "\ufeffDana", "Dana"],
  ["half of a surrogate pair", "a\ud83db", "a\ufffdb"],
  ["a family of four", "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"],
  ["Persian with its joiner", "می‌خواهم", "می‌خواهم"],
  ["nothing", "", ""],
])("one line: %s", (_name, text, expected) => {
  expect(oneLine(text)).toBe(expected);
});

// S36
test("one line holds no control character, line break or double space, whatever the text, and cleaning twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const line = oneLine(text);
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\s\s/u);
      expect(oneLine(line)).toBe(line);
    }),
  );
});

test.each([
  ["all kinds of line breaks", "a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\ne"],
  ["paragraphs", "a\n\n\nb", "a\n\n\nb"],
  ["spaces at the end of a line", "a  \n  b", "a\n  b"],
  ["blank lines at both ends", "\n \na\n\t\n", "a"],
  ["control characters", "a\u0000\nb\u0007", "a\nb"],
])("many lines: %s", (_name, text, expected) => {
  expect(manyLines(text)).toBe(expected);
});

// S31, S32
test.each([
  ["empty", "", true],
  ["white space of every kind", " \t\r\n\u00a0\u2003\u3000\u2028", true],
  ["zero-width characters", "\u200b\u200d\ufeff\u2060", true],
  ["control characters", "\u0000\u001b", true],
  ["fillers that show nothing", "\u3164\u115f\u2800", true],
  ["a letter", " a ", false],
  ["a full stop", ".", false],
  ["an emoji", "🌸", false],
])("blank or not: %s", (_name, text, expected) => {
  expect(isBlank(text)).toBe(expected);
});

// S36
test.each([
  ["as long as allowed", "abcde", 5, "abcde"],
  ["one too long", "abcdef", 5, "abcd…"],
  ["cut behind a space", "ab cdef", 4, "ab…"],
  ["emoji as long as allowed", "🌸🌸🌸", 3, "🌸🌸🌸"],
  ["emoji one too long", "🌸🌸🌸🌸", 3, "🌸🌸…"],
  ["a family at the cut", "ab👨‍👩‍👧‍👦cd", 6, "ab…"],
  ["a family just before the cut", "👨‍👩‍👧‍👦cd", 8, "👨‍👩‍👧‍👦…"],
  ["a flag at the cut", "a🇩🇪🇫🇷", 3, "a…"],
  ["a letter with its accent apart", "ae\u0301xyz", 3, "a…"],
  ["a single character made of too many", `e${"\u0301".repeat(500)}`, 4, "e\u0301\u0301…"],
  ["room for nothing but the mark", "abc", 1, "…"],
])("cut text: %s", (_name, text, maxLength, expected) => {
  expect(cutText({ text, maxLength })).toBe(expected);
});

// S36
test("cut text is never longer than allowed, well-formed, and otherwise the beginning of the text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (text, maxLength) => {
        const cut = cutText({ text, maxLength });
        expect(Array.from(cut).length).toBeLessThanOrEqual(maxLength);
        expect(cut).not.toMatch(/\p{Cs}/u);
        const isBeginning = cut.endsWith("…") && text.startsWith(cut.slice(0, -1));
        expect(cut === text || isBeginning).toBe(true);
      },
    ),
  );
});

test("without Intl.Segmenter code points are still never split", () => {
  vi.stubGlobal("Intl", {});
  expect(cutText({ text: "🌸🌸🌸🌸", maxLength: 3 })).toBe("🌸🌸…");
});

test.each([
  ["", 1, true],
  ["abc", 3, true],
  ["abcd", 3, false],
  ["🌸🌸🌸", 3, true],
  ["🌸🌸🌸🌸", 3, false],
  ["🌸bcd", 3, false],
  ["x".repeat(1_000_000), 3, false],
])("%.10j has at most %i characters: %s", (text, maxLength, expected) => {
  expect(hasAtMost(text, maxLength)).toBe(expected);
});

// S36
test.each([
  ["white space before and between goes first", `${" ".repeat(200)}a \r\n b`, 80, "a b"],
  ["the cut is at the limit", "n".repeat(10_000_000), 80, `${"n".repeat(79)}…`],
  ["pairs stay whole", "🌸".repeat(1_000_000), 80, `${"🌸".repeat(79)}…`],
  ["pairs stay whole where reading ends, too", `${" ".repeat(418)}a🌸`, 80, "a"],
  ["NUL and half a pair do not stay", "a\u0000b\ud83cc", 80, "ab\ufffdc"],
])("of a line that may be of any length, %s", (_name, text, maxLength, expected) => {
  expect(shortLine({ text, maxLength })).toBe(expected);
});
