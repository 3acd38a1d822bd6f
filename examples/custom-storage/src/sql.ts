import { CsatError } from "@csat/core";
import { LibsqlError } from "@libsql/client";
import { type SQL, sql } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";

/** Runs the SQL of a template: run`select … where id = ${id}`. What stands in it is a parameter, or SQL itself. */
export type Run = ReturnType<typeof runOn>;

/** Runs on this database or transaction. @throws CsatError `storage_failed` */
export function runOn(database: Pick<LibSQLDatabase, "all">) {
  return <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]) =>
    told(async (): Promise<readonly Row[]> => (await database.all<Row>(sql(text, ...values))).map(withTimes));
}

/** Times are stored as milliseconds, in columns called `at`, `…At` or `…Since`; nothing else is called so. */
function withTimes<Row extends object>(row: Row): Row {
  const isTime = ([name, ms]: [string, unknown]) => /(^at|At|ince)$/.test(name) && typeof ms === "number";
  const times = Object.entries(row).filter(isTime);
  return { ...row, ...Object.fromEntries(times.map(([column, ms]) => [column, new Date(ms)])) };
}

/** Turns an error of the driver into `storage_failed`; all others pass as they are. */
export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    const cause = driverError(error);
    if (cause === undefined) throw error;
    throw new CsatError("storage_failed", "SQLite refused a statement: see its cause.", { cause });
  });
}

/** What the driver threw: it names tables. Drizzle's error around it quotes parameters, and those hold comments. */
export function driverError(error: unknown): LibsqlError | undefined {
  if (error instanceof LibsqlError) return error;
  return error instanceof Error ? driverError(error.cause) : undefined;
}

/** What names a record. Columns are called as the port calls its fields, so that a row is nearly what it stands for. */
export const keyColumns = ["kind", "workspaceId", "id"] as const;

/** Any number of rows as a table to select from, or to be `in`: they travel as one JSON parameter. */
export function tableOf(columns: readonly string[], rows: readonly object[]): SQL {
  const field = (value: unknown) => (value instanceof Date ? value.getTime() : value); // no text
  const fields = rows.map((row) => columns.map((column) => field(Reflect.get(row, column))));
  const names = columns.map((column, place) => `value ->> ${place} as ${column}`).join(", ");
  return sql`(select ${sql.raw(names)} from json_each(${JSON.stringify(fields)}))`;
}

/** What to insert, behind the name of the table. */
export function rowsOf(columns: readonly string[], rows: readonly object[]): SQL {
  // "where true" keeps the parser from reading ON CONFLICT as a join's condition.
  return sql`(${sql.raw(columns.join(", "))}) select * from ${tableOf(columns, rows)} where true`;
}

/** Sets columns to those of another row, e.g. of what was to be inserted. */
export function setTo(row: string, columns: readonly string[]): SQL {
  return sql.raw(columns.map((column) => `${column} = ${row}.${column}`).join(", "));
}
