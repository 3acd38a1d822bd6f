import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { Sqlite } from "./open-sqlite.ts";
import { runOn } from "./sql.ts";

/** Makes the tables where they are not; processes that start at once take turns. @throws CsatError `storage_failed` */
export async function migrate({ reader, transaction }: Sqlite): Promise<void> {
  const schema = await readFile(new URL("schema.sql", import.meta.url), "utf8");
  // A write-ahead log keeps readers from waiting. It stays with the file, and no transaction can set it.
  await runOn(reader)`pragma journal_mode = wal`;
  await transaction(async (tx) => {
    const made = await runOn(tx)`select 1 from sqlite_master where name = 'csat_records'`;
    if (made.length > 0) return;
    for (const statement of schema.trim().split(";\n")) await runOn(tx)`${sql.raw(statement)}`;
  });
}
