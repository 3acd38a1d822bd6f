import { type SQL, sql } from "drizzle-orm";

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

/** Our tables, quoted and with their schema, ready to stand in a statement. */
export type TableNames = Readonly<Record<TableName, SQL>>;

/** Names the tables of one schema. `schema` was checked to be a plain identifier. */
export function tableNames(schema: string): TableNames {
  const entries = tables.map((table) => [table, sql`${sql.identifier(schema)}.${sql.identifier(table)}`]);
  // Every name of the list above, and no other.
  return Object.fromEntries(entries) as TableNames;
}
