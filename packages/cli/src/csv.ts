import type { ResponseRow } from "@csat/core";
import { stringify } from "csv-stringify/sync";

// The columns and rules of the download of @csat/http: a file must not depend on who wrote it.
const columns = ["respondedAt", "ticketId", "rating", "comment", "resolvedBy", "sentAt", "surveyId"] as const;

/** The first line, ending in CRLF as every line does. */
export const csvHeader = lines([columns]);

/**
 * Responses as CSV (RFC 4180), a line each, times in ISO 8601 UTC, null as nothing. Cells that a spreadsheet would run as
 * a formula, those that begin with = + - @ (full-width ones too), a tab or a CR, get a leading apostrophe.
 */
export function csvLines(rows: readonly ResponseRow[]): string {
  return lines(rows.map((row) => columns.map((column) => cell(row[column]))));
}

function cell(value: string | number | Date | null): string | number | null {
  return value instanceof Date ? value.toISOString() : value;
}

function lines(rows: readonly (readonly (string | number | null)[])[]): string {
  // csv-stringify declares its input mutable, and copies what it reads.
  const input = rows as (string | number | null)[][];
  return stringify(input, {
    escape_formulas: true,
    record_delimiter: "\r\n",
    // By itself it quotes a line break only where it is a whole CRLF: a comment could begin a row of its own.
    quoted_match: /[\r\n]/,
  });
}
