import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { migrate } from "../src/index.ts";
import { anEmptyFile } from "./empty-file.ts";

test("processes that migrate at the same moment take turns, and a second migration changes nothing", async () => {
  const { sqlite, otherProcess, close } = await anEmptyFile();
  const made = () => sqlite.reader.all(sql`select name, sql from sqlite_schema order by name`);
  const before = await made();
  await Promise.all([migrate(sqlite), migrate(otherProcess), migrate(sqlite)]);
  expect(await made()).toEqual(before);
  await close();
});

test("of processes that start at once on an empty file one makes the tables, and none fails", async () => {
  const { sqlite, otherProcess, close } = await anEmptyFile();
  const { length } = await sqlite.reader.all(sql`select 1 from sqlite_schema`);
  for (const table of ["records", "tokens", "customer_tickets", "journal", "counts"])
    await sqlite.transaction((tx) => tx.run(sql.raw(`drop table csat_${table}`)));
  await Promise.all([migrate(sqlite), migrate(otherProcess), migrate(sqlite), migrate(otherProcess)]);
  expect(await sqlite.reader.all(sql`select 1 from sqlite_schema`)).toHaveLength(length);
  await close();
});
