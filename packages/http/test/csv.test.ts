import { describe, expect, test } from "vitest";
import { csvHeader, csvLines } from "../src/csv.ts";
import { aRow } from "./generated-rows.ts";

/** The comment as it stands in its cell. */
const commentCell = (comment: string | null) => {
  const line = csvLines([aRow({ comment })]);
  const [start, end] = ["2026-03-05T11:00:00.000Z,T1,5,", ",bob,2026-03-05T10:00:00.000Z,s1\r\n"];
  expect([line.startsWith(start), line.endsWith(end)]).toEqual([true, true]);
  return line.slice(start.length, -end.length);
};

test("lines end in CRLF, times are ISO 8601 in UTC, nothing is an empty cell", () => {
  expect(csvHeader).toBe("respondedAt,ticketId,rating,comment,resolvedBy,sentAt,surveyId\r\n");
  expect(csvLines([aRow(), aRow({ resolvedBy: null, rating: 1, surveyId: "s2" })])).toBe(
    "2026-03-05T11:00:00.000Z,T1,5,,bob,2026-03-05T10:00:00.000Z,s1\r\n" +
      "2026-03-05T11:00:00.000Z,T1,1,,,2026-03-05T10:00:00.000Z,s2\r\n",
  );
  expect(csvLines([])).toBe("");
});

describe("a cell that a spreadsheet would run gets a leading apostrophe", () => {
  // S55
  test.each([
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
    ["+49 30 1", "'+49 30 1"],
    ["-1", "'-1"],
    ["- fine", "'- fine"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ["\uFF1D1+1", "'\uFF1D1+1"],
    ["\uFF0B1", "'\uFF0B1"],
    ["\uFF0D1", "'\uFF0D1"],
    ["\uFF20A1", "'\uFF20A1"],
  ])("%j", (comment, cell) => {
    expect(commentCell(comment)).toBe(cell);
  });

  // S55
  test("also where it is a ticket's or an operator's id", () => {
    const line = csvLines([aRow({ ticketId: "=T1", resolvedBy: "@bob", surveyId: "-s" })]);
    expect(line).toBe("2026-03-05T11:00:00.000Z,'=T1,5,,'@bob,2026-03-05T10:00:00.000Z,'-s\r\n");
  });
});

test.each([
  ["1 + 1 = 2", "1 + 1 = 2"],
  ["a, b", '"a, b"'],
  ['say "so"', '"say ""so"""'],
  ["two\nlines", '"two\nlines"'],
  ["two\r\nlines", '"two\r\nlines"'],
  ["<b>ﬁne</b> 🎉 Grüße", "<b>ﬁne</b> 🎉 Grüße"],
])("%j is written as it is, quoted where it must be", (comment, cell) => {
  expect(commentCell(comment)).toBe(cell);
});
