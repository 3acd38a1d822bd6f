import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvRow, csvDelimiters, responsesCsv } from "./responses-csv.ts";

const row: CsvRow = {
  workspaceId: "acme",
  ticketId: "T1",
  surveyId: "s1",
  rating: 5,
  comment: null,
  respondedAt: new Date("2026-03-05T11:00:00.000Z"),
  resolvedBy: "bob",
  resolvedByName: "Bob Lee",
  sentAt: new Date("2026-03-05T10:00:00.000Z"),
  excluded: false,
  slices: [],
};

test("text is quoted; ratings and times are not; nothing is an empty cell; lines end in CRLF", () => {
  const { start, lines } = responsesCsv();
  expect(start).toBe(
    "respondedAt,ticketId,rating,comment,resolvedBy,resolvedByName,sentAt,surveyId,excluded\r\n",
  );
  expect(lines([row, { ...row, rating: 1, resolvedBy: null, resolvedByName: null }])).toBe(
    '2026-03-05T11:00:00.000Z,"T1",5,,"bob","Bob Lee",2026-03-05T10:00:00.000Z,"s1",false\r\n' +
      '2026-03-05T11:00:00.000Z,"T1",1,,,,2026-03-05T10:00:00.000Z,"s1",false\r\n',
  );
  expect(lines([])).toBe("");
});

test("an answer that counts no more is marked", () => {
  // S76
  expect(responsesCsv().lines([{ ...row, excluded: true }])).toMatch(/,"s1",true\r\n$/);
});

test("a row as listResponses has it leaves the name empty", () => {
  const { resolvedByName: _, ...nameless } = row;
  expect(responsesCsv().lines([nameless])).toContain(',"bob",,2026-');
});

test("a semicolon stands between cells, and the mark first, when they are asked for", () => {
  const { start, lines } = responsesCsv({ delimiter: ";", withMark: true });
  expect(start).toBe(
    "\uFEFFrespondedAt;ticketId;rating;comment;resolvedBy;resolvedByName;sentAt;surveyId;excluded\r\n",
  );
  expect(lines([{ ...row, comment: "a;b" }])).toBe(
    '2026-03-05T11:00:00.000Z;"T1";5;"a;b";"bob";"Bob Lee";2026-03-05T10:00:00.000Z;"s1";false\r\n',
  );
});

// S28, S55
test.each([
  ["a, b", '"a, b"'],
  ['say "so"', '"say ""so"""'],
  ["two\nlines", '"two\nlines"'],
  ["two\r\nlines", '"two\r\nlines"'],
  ["<b>ﬁne</b> 🎉 Grüße", '"<b>ﬁne</b> 🎉 Grüße"'],
  ['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
  ["fine;=1+1", `"fine;'=1+1"`],
])("%j is written as %s", (comment, written) => {
  expect(responsesCsv().lines([{ ...row, comment }])).toContain(`,5,${written},"bob"`);
});

// S55
test("ids and names of others are neutralised like comments", () => {
  const line = responsesCsv().lines([
    { ...row, ticketId: "=T1", resolvedBy: "@bob", resolvedByName: "Bob,+1", surveyId: "-s" },
  ]);
  expect(line).toBe(
    `2026-03-05T11:00:00.000Z,"'=T1",5,,"'@bob","Bob,'+1",2026-03-05T10:00:00.000Z,"'-s",false\r\n`,
  );
});

const formula = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
const separators = /[,;\t\r\n\v\f\u0085\u2028\u2029]/;

/** The cells of a reader that splits at any separator and knows no quotes, bare and with quotes trimmed off. */
function tornCells(text: string): readonly string[] {
  return text.split(separators).flatMap((part) => [part.trim(), part.replace(/^["\s]+/, "")]);
}

/** The cells of a reader that splits at one separator and at line ends outside of quotes, which open at a cell's first character. */
function quotedCells(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let isFirst = true;
  for (let place = 0; place < text.length; place++) {
    const letter = text.charAt(place);
    if (isQuoted && letter === '"' && text.charAt(place + 1) === '"') {
      cell += '"';
      place += 1;
    } else if (letter === '"' && (isQuoted || isFirst)) isQuoted = !isQuoted;
    else if (!isQuoted && (letter === separator || letter === "\n" || letter === "\r")) {
      cells.push(cell.trim());
      cell = "";
      isFirst = true;
      continue;
    } else cell += letter;
    isFirst = false;
  }
  return [...cells, cell.trim()];
}

const letters = "=+-@,;\"\t\r\n\v\f \u0085\u2028\u2029\u00A0\u3000\uFEFF\u200B\uFF1D\uFF0B\uFF0D\uFF20'a1";
const pieces = fc.constantFrom("=1+1", ...Array.from(letters));
const hostile = fc.array(pieces, { maxLength: 14 }).map((some) => some.join(""));

// S55
describe.each(csvDelimiters)("with %j between cells, whatever outsiders wrote,", (delimiter) => {
  const csv = responsesCsv({ delimiter });

  test("no cell of any reader begins with a formula", () => {
    fc.assert(
      fc.property(hostile, hostile, (comment, resolvedByName) => {
        const text = csv.lines([{ ...row, comment, resolvedByName, ticketId: comment || "T1" }, row]);
        const cells = [
          ...tornCells(text),
          ...[",", ";", "\t"].flatMap((separator) => quotedCells(text, separator)),
        ];
        expect(cells.filter((cell) => formula.test(cell))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a reader of CSV gets every row with every cell, and the text but for its apostrophes", () => {
    fc.assert(
      fc.property(hostile, (comment) => {
        const cells = quotedCells(csv.lines([{ ...row, comment: `x${comment}x` }]), delimiter);
        expect(cells.slice(0, 3)).toEqual(["2026-03-05T11:00:00.000Z", "T1", "5"]);
        expect(cells[3]?.replaceAll("'", "")).toBe(`x${comment}x`.replaceAll("'", ""));
        // The CRLF ends a row, and an empty one, for a reader that takes each half for a line's end.
        expect(cells.slice(4)).toEqual(["bob", "Bob Lee", "2026-03-05T10:00:00.000Z", "s1", "false", "", ""]);
      }),
      { numRuns: 1_000 },
    );
  });
});

test("a long comment of white space and signs costs time in step with its length", () => {
  const comment = `${" ".repeat(200_000)}=${" =".repeat(100_000)}${";\n ".repeat(60_000)}`;
  expect(responsesCsv().lines([{ ...row, comment }])).toContain("'=");
});
