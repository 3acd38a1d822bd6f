import { describe, expect, test } from "vitest";
import { spreadsheetText } from "./spreadsheet-text.ts";

describe("an apostrophe stands before what a spreadsheet would run", () => {
  // S55
  test.each([
    ["at the beginning", "=1+1", "'=1+1"],
    ["a plus", "+49 30 1", "'+49 30 1"],
    ["a minus", "- fine", "'- fine"],
    ["an at sign", "@SUM(A1)", "'@SUM(A1)"],
    ["behind a semicolon", "fine;=1+1", "fine;'=1+1"],
    ["behind a comma", "fine,=1+1", "fine,'=1+1"],
    ["on a new line", "\n=1+1", "\n'=1+1"],
    ["behind a CRLF", "fine\r\n=1+1", "fine\r\n'=1+1"],
    ["behind a CR", "fine\r=1+1", "fine\r'=1+1"],
    ["behind a space", " =1+1", " '=1+1"],
    ["behind a tab", "a\t=2+2", "a\t'=2+2"],
    ["behind a vertical tab", "a\v=2+2", "a\v'=2+2"],
    ["behind a form feed", "a\f=2+2", "a\f'=2+2"],
    ["behind a next line", "a\u0085=2+2", "a\u0085'=2+2"],
    ["behind a line separator", "a\u2028=2+2", "a\u2028'=2+2"],
    ["behind a paragraph separator", "a\u2029=2+2", "a\u2029'=2+2"],
    ["behind a no-break space", "a;\u00A0=1", "a;\u00A0'=1"],
    ["behind an ideographic space", "\u3000=1", "\u3000'=1"],
    ["behind what nobody sees", "\u200B\uFEFF=1", "\u200B\uFEFF'=1"],
    ["behind a quote", '"=1+1"', `"'=1+1"`],
    ["behind a separator and a quote", 'fine;"=1+1', `fine;"'=1+1`],
    ["full-width equals", "a;\uFF1D1+1", "a;'\uFF1D1+1"],
    ["full-width plus", "\uFF0B1", "'\uFF0B1"],
    ["full-width minus", "\uFF0D1", "'\uFF0D1"],
    ["full-width at", "\uFF20A1", "'\uFF20A1"],
    ["small equals", "\uFE661", "'\uFE661"],
    ["each of several", "=1;=2\n=3", "'=1;'=2\n'=3"],
  ])("%s", (_where, text, neutral) => {
    expect(spreadsheetText(text)).toBe(neutral);
  });

  // S55
  test.each([
    ["a tab", "\tfine", "'\tfine"],
    ["a CR", "\rfine", "'\rfine"],
    ["a tab with a formula", "\t=1", "'\t'=1"],
  ])("and before %s that begins the text", (_what, text, neutral) => {
    expect(spreadsheetText(text)).toBe(neutral);
  });
});

test.each([
  "",
  "1 + 1 = 2",
  "fine - really",
  "see http://a.example/?b=c",
  "dana@example.com, eve@example.com",
  "'=1",
  "Grüße 🎉",
  " plain ; text\n with lines ",
])("%j stays as it is", (text) => {
  expect(spreadsheetText(text)).toBe(text);
});
