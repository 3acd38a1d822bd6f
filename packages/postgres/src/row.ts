import { CsatError } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";

/** One row as a driver hands it over. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a result: postgres.js returns a list, node-postgres and PGlite an object that holds one. */
export function rowsOf(result: unknown): readonly Row[] {
  const rows = Array.isArray(result) ? result : isRow(result) ? result.rows : undefined;
  if (!Array.isArray(rows)) throw unexpected("the driver returned no list of rows");
  return rows.filter(isRow);
}

/** Selects a time as epoch milliseconds: raw timestamps arrive as text in the zone of the session. */
export function milliseconds(column: SQL): SQL {
  return sql`(extract(epoch from ${column}) * 1000)::float8`;
}

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

/** Reads a number; counts arrive as text from some drivers. */
export function number(row: Row, column: string): number {
  const value = row[column];
  const read = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
  if (typeof read !== "number" || Number.isNaN(read)) throw unexpected(`column ${column} holds no number`);
  return read;
}

/** Reads a boolean column. */
export function flag(row: Row, column: string): boolean {
  const value = row[column];
  if (typeof value !== "boolean") throw unexpected(`column ${column} holds no boolean`);
  return value;
}

/** Reads a list of texts that was selected as JSON. */
export function texts(row: Row, column: string): readonly string[] {
  const list: unknown = JSON.parse(text(row, column));
  if (!Array.isArray(list)) throw unexpected(`column ${column} holds no list`);
  return list.map(String);
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
    `Postgres answered in an unexpected form: ${what}. Compare your tables with printMigrations() of @csat/postgres.`,
  );
}
