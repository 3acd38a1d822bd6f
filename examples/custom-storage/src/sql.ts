import { CsatError } from "@csat/core";
import { LibsqlError } from "@libsql/client";
import { type SQL, sql } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";

/** Runs the SQL of a template: run`select … where id = ${id}`. What stands in it is a parameter, or SQL itself. */
export type Run = <Row>(text: TemplateStringsArray, ...values: readonly unknown[]) => Promise<readonly Row[]>;

/** Runs on these rows. @throws CsatError `storage_failed` */
export function runOn(rows: Pick<LibSQLDatabase, "all">): Run {
  return <Row>(text: TemplateStringsArray, ...values: readonly unknown[]) =>
    told(async () => await rows.all<Row>(sql(text, ...values)));
}

/** Turns an error of the driver into `storage_failed`; all others pass as they are. */
export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const cause = driverError(error);
    if (cause === undefined) throw error;
    throw new CsatError("storage_failed", "SQLite refused a statement. Its own error is the cause.", {
      cause,
    });
  }
}

/** What the driver threw. It names tables and columns; drizzle's error around it quotes parameters, and those hold comments. */
export function driverError(error: unknown): LibsqlError | undefined {
  if (error instanceof LibsqlError) return error;
  return error instanceof Error ? driverError(error.cause) : undefined;
}

/** What names a record. Columns are called as the port calls its fields, so that a row is nearly what it stands for. */
export const keyColumns = ["kind", "workspaceId", "id"] as const;

/**
 * Any number of rows as a table to select from, with their `place`: they travel as one JSON parameter. Times are
 * milliseconds; fields that a row has not are null, and those that are no column are left out.
 */
export function tableOf(columns: readonly string[], values: readonly object[]): SQL {
  const json = JSON.stringify(values, function (this: Record<string, unknown>, name, value: unknown) {
    // A Date turns itself into text before this is asked: the field itself still holds it.
    const field = this[name];
    return field instanceof Date ? field.getTime() : value;
  });
  const fields = columns.map((column) => `value ->> '${column}' as ${column}`).join(", ");
  return sql`(select key as place, ${sql.raw(fields)} from json_each(${json}))`;
}

/** What to insert, behind the name of the table. */
export function rowsOf(columns: readonly string[], values: readonly object[]): SQL {
  const names = sql.raw(columns.join(", "));
  // "where true" keeps the parser from reading ON CONFLICT as a join's condition.
  return sql`(${names}) select ${names} from ${tableOf(columns, values)} where true`;
}

/** True for rows whose columns are those of one of `values`. */
export function isOneOf(columns: readonly string[], values: readonly object[]): SQL {
  const names = sql.raw(columns.join(", "));
  return sql`(${names}) in (select ${names} from ${tableOf(columns, values)})`;
}

/** Sets columns to those of another row, e.g. of what was to be inserted. */
export function setTo(row: string, columns: readonly string[]): SQL {
  return sql.raw(columns.map((column) => `${column} = ${row}.${column}`).join(", "));
}
