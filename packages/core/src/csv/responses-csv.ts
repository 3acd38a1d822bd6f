import type { ResponseRow } from "../ports/store/lists.ts";
import { isDate } from "../survey/is-date.ts";
import { sliceOf } from "../survey/slices.ts";
import { spreadsheetText } from "./spreadsheet-text.ts";

/** What may stand between cells: a comma, or the semicolon of spreadsheets whose decimal point is a comma. */
export const csvDelimiters = [",", ";"] as const;

/** One of `csvDelimiters`. */
export type CsvDelimiter = (typeof csvDelimiters)[number];

/** An answer as a line of CSV. Without a name the cell of it is empty. */
export type CsvRow = ResponseRow & { readonly resolvedByName?: string | null };

/** A table of answers, to be written piece by piece: `start` once, then `lines` of as many rows at a time as one likes. */
export interface ResponsesCsv {
  /** The mark, if it was asked for, and the line of column names. */
  readonly start: string;
  /** A line per row, each ended by CRLF; empty for none. */
  lines(rows: readonly CsvRow[]): string;
}

const columnsOfAnswer = [
  "respondedAt",
  "ticketId",
  "rating",
  "comment",
  "resolvedBy",
  "resolvedByName",
  "sentAt",
  "surveyId",
  "excluded",
] as const;

const byteOrderMark = "\uFEFF";
const lineEnd = "\r\n";
const betweenValues = " | ";

/**
 * Answers as CSV (RFC 4180), the one form of it for every download and file. Text is quoted, and nothing in it is run by
 * a spreadsheet, wherever that one splits (S55); ratings are bare numbers, `excluded` is true or false, times ISO 8601 in UTC; null is nothing.
 * `delimiter` is a comma by default. `withMark` begins with the mark by which spreadsheets know UTF-8. `slicedBy` are
 * attributes that get a column each at the end, `attributes.NAME`, values of a set with ` | ` between them; by default none.
 */
export function responsesCsv({
  delimiter = ",",
  withMark = false,
  slicedBy = [],
}: {
  readonly delimiter?: CsvDelimiter;
  readonly withMark?: boolean;
  readonly slicedBy?: readonly string[];
} = {}): ResponsesCsv {
  const columns = [...columnsOfAnswer, ...slicedBy.map((name) => `attributes.${name}`)];
  const line = (cells: readonly string[]) => cells.join(delimiter) + lineEnd;
  const cellsOf = (row: CsvRow) => [
    ...columnsOfAnswer.map((column) => cell(row[column])),
    ...slicedBy.map((name) => cell(valuesOf(row, name))),
  ];
  return {
    start: (withMark ? byteOrderMark : "") + line(columns),
    lines: (rows) => rows.map((row) => line(cellsOf(row))).join(""),
  };
}

function valuesOf({ slices }: CsvRow, name: string): string | null {
  const values = slices.map(sliceOf).filter(({ attribute }) => attribute === name);
  return values.length === 0 ? null : values.map(({ value }) => value).join(betweenValues);
}

function cell(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isDate(value)) return value.toISOString();
  return `"${spreadsheetText(value).replaceAll('"', '""')}"`;
}
