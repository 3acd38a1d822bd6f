import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { migrate } from "../src/index.ts";
import * as schema from "../src/schema.ts";
import { anEmptyFile } from "./empty-file.ts";

const tables = Object.values(schema).filter((exported) => is(exported, SQLiteTable));

test("the schema that drizzle knows has the columns that migrate makes, in every table", async () => {
  const { sqlite, close } = await anEmptyFile();
  expect(tables).toHaveLength(7);
  for (const table of tables) {
    const made = await sqlite.reader.all<{ readonly name: string; readonly type: string }>(
      sql`select name, lower(type) as type from pragma_table_info(${getTableName(table)})`,
    );
    const known = Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType(),
    }));
    expect(known).toEqual(made);
  }
  await close();
});

test("processes that migrate at the same moment take turns, and a second migration changes nothing", async () => {
  const { sqlite, otherProcess, close } = await anEmptyFile();
  const made = () => sqlite.reader.all(sql`select name, sql from sqlite_schema order by name`);
  const before = await made();
  await Promise.all([migrate(sqlite), migrate(otherProcess), migrate(sqlite)]);
  expect(await made()).toEqual(before);
  expect(await sqlite.reader.all(sql`select version from csat_migrations`)).toEqual([{ version: 1 }]);
  await close();
});
