import { type SQL, sql } from "drizzle-orm";

const tables = [
  "tickets",
  "surveys",
  "due_surveys",
  "tokens",
  "responses",
  "events",
  "due_events",
  "journal",
  "settings",
  "daily_counts",
  "daily_totals",
  "count_deltas",
] as const;

/** Our tables, quoted and with their schema, ready to stand in a statement. */
export type TableNames = Readonly<Record<(typeof tables)[number], SQL>>;

/** Names the tables of one schema. `schema` was checked to be a plain identifier. */
export function tableNames(schema: string): TableNames {
  const named = (table: (typeof tables)[number]): SQL =>
    sql`${sql.identifier(schema)}.${sql.identifier(table)}`;
  return {
    tickets: named("tickets"),
    surveys: named("surveys"),
    due_surveys: named("due_surveys"),
    tokens: named("tokens"),
    responses: named("responses"),
    events: named("events"),
    due_events: named("due_events"),
    journal: named("journal"),
    settings: named("settings"),
    daily_counts: named("daily_counts"),
    daily_totals: named("daily_totals"),
    count_deltas: named("count_deltas"),
  };
}
