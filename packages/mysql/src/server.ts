import { CsatError } from "@csat/core";
import { sql } from "drizzle-orm";
import { type Executor, rowsFrom } from "./executor.ts";
import type { Server } from "./naming.ts";
import { number, text } from "./row.ts";

/** Tells the two servers apart. @throws CsatError `storage_failed` for one that is too old, and without a database */
export async function serverOf(executor: Executor): Promise<{ readonly server: Server }> {
  const [row = {}] = await rowsFrom(
    executor,
    "asking the server for its version",
    sql`select version() as version, @@character_set_client = 'utf8mb4' as is_utf8, database() is not null as has_database`,
  );
  const version = text(row, "version");
  const server: Server = /mariadb/i.test(version) ? "mariadb" : "mysql";
  const [, major = 0, minor = 0, patch = 0] = (
    /(\d+)\.(\d+)\.(\d+)(?:-MariaDB)?/.exec(version.replace(/^5\.5\.5-/, "")) ?? []
  ).map(Number);
  const least = server === "mariadb" ? 10_006_000 : 8_000_017;
  const refused = (why: string) => new CsatError("storage_failed", `The database cannot be used: ${why}`);
  if (major * 1_000_000 + minor * 1_000 + patch < least)
    throw refused(`it is ${version}. MySQL 8.0.17 or MariaDB 10.6 is the oldest that has what we need.`);
  if (number(row, "has_database") !== 1) throw refused("the connection is in none. Name one in its URL.");
  if (number(row, "is_utf8") !== 1)
    throw refused(
      "the connection's character set is not utf8mb4, and texts would be stored with question marks in them. Set charset of the pool to utf8mb4.",
    );
  return { server };
}
