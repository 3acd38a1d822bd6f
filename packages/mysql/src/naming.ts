import { CsatError } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";

/** The two servers, which name their collations differently. */
export type Server = "mysql" | "mariadb";

/** What the names of our tables begin with, unless the host says otherwise. */
export const defaultTablePrefix = "csat_";

/**
 * Returns `prefix` when the names of our tables can begin with it: lower-case letters, digits and underscores, 40 at most.
 * It is not empty: tables called `tickets` or `events` belong to the host.
 * @throws CsatError `invalid_config`
 */
export function checkedTablePrefix(prefix: unknown): string {
  if (typeof prefix === "string" && /^[a-z_][a-z0-9_]{0,39}$/.test(prefix)) return prefix;
  const message = `tablePrefix must be the beginning of a name such as "${defaultTablePrefix}": 1 to 40 lower-case letters, digits and underscores, no digit first (got ${JSON.stringify(prefix)}).`;
  throw new CsatError("invalid_config", message, { issues: [{ path: "tablePrefix", message }] });
}

/**
 * The collation of ids: by code points, with "a" and "a " two ids. MariaDB's has no match in MySQL, where the older
 * utf8mb4_bin takes both for one.
 */
function idCollation(server: Server): string {
  return server === "mariadb" ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
}

/**
 * The type of an id, or of the name of a part, of so many characters at most. In a row of JSON it is longer than in a column:
 * MariaDB cuts what is too long there without a word, and a column refuses it.
 */
export function idType(server: Server, length: 200 | 255 | 300 | 355 = 200): string {
  return `varchar(${length}) character set utf8mb4 collate ${idCollation(server)}`;
}

/** The type of a column that holds text of any length, which nothing is looked up by. */
export const longTextType = "longtext character set utf8mb4 collate utf8mb4_bin";

const tables = [
  "tickets",
  "customers",
  "events",
  "workspaces",
  "due_tickets",
  "due_events",
  "tokens",
  "customer_tickets",
  "answers",
  "journal",
  "daily_counts",
  "daily_totals",
  "count_deltas",
] as const;

/** A table of ours. */
export type TableName = (typeof tables)[number];

/** Our tables with their prefix, ready to stand in a statement. */
export type TableNames = Readonly<Record<TableName, SQL>>;

/** Names the tables of one prefix, which was checked. */
export function tableNames(prefix: string): TableNames {
  const entries = tables.map((table) => [table, sql`${sql.identifier(`${prefix}${table}`)}`]);
  // Every name of the list above, and no other.
  return Object.fromEntries(entries) as TableNames;
}
