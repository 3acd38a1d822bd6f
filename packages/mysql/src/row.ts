import { CsatError } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";

/** One row as a driver hands it over. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a result: a list of rows, or such a list and its fields. What answers no rows has none. */
export function rowsOf(result: unknown): readonly Row[] {
  if (!Array.isArray(result)) throw unexpected("the driver returned no list of rows");
  const [first]: readonly unknown[] = result;
  // mysql2 answers [rows, fields], or [what was done, undefined].
  const rows: readonly unknown[] = Array.isArray(first) ? first : isDone(first) ? [] : result;
  return rows.filter(isRow);
}

function isDone(first: unknown): boolean {
  return isRow(first) && "affectedRows" in first;
}

/** Selects a time as epoch milliseconds: a driver turns raw ones into dates of its own zone. */
export function milliseconds(column: SQL): SQL {
  return sql`timestampdiff(microsecond, '1970-01-01', ${column}) / 1000`;
}

/** A time as it is stored: in UTC, to the millisecond. */
export function stored(time: Date): string {
  return time.toISOString().slice(0, "YYYY-MM-DDTHH:MM:SS.mmm".length).replace("T", " ");
}

/**
 * The time of the call on the database's clock, in UTC. Not `utc_timestamp` alone, which is when the statement began:
 * that may have waited for a lock. Not `sysdate` alone, which is in the session's zone.
 */
export const databaseNow = sql`(utc_timestamp(3) + interval timestampdiff(microsecond, now(6), sysdate(6)) microsecond)`;

/** Reads a text column. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw unexpected(`column ${column} holds no text`);
  return value;
}

/** Reads a text column that may be null. */
export function textOrNull(row: Row, column: string): string | null {
  return isNull(row, column) ? null : text(row, column);
}

/** Reads a number; sums and counts arrive as text, as pools are set. */
export function number(row: Row, column: string): number {
  const value = row[column];
  const read = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
  if (typeof read !== "number" || Number.isNaN(read)) throw unexpected(`column ${column} holds no number`);
  return read;
}

/** Reads what `milliseconds` selected. */
export function time(row: Row, column: string): Date {
  return new Date(number(row, column));
}

/** Reads what `milliseconds` selected, where it may be null. */
export function timeOrNull(row: Row, column: string): Date | null {
  return isNull(row, column) ? null : time(row, column);
}

/** True where the column is null or was not joined. */
export function isNull(row: Row, column: string): boolean {
  return row[column] === null || row[column] === undefined;
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null;
}

function unexpected(what: string): CsatError {
  return new CsatError(
    "storage_failed",
    `MySQL answered in an unexpected form: ${what}. Compare your tables with printMigrations() of @csat/mysql.`,
  );
}
