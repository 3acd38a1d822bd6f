import { busyTable } from "./busy-table.ts";

/**
 * Counts that cost a reader days × operators. What happens is appended to `count_deltas` by triggers, so that no two answers ever
 * wait for one row; `maintain` folds it into `daily_counts`
 * by resolver and `daily_totals` of all of them. Actor '' is the Unattributed group: a key holds no null.
 * `responses.resolved_by` repeats the survey's resolver, '' for none; null is a row that a later step fills.
 */
export function counts(schema: string): readonly string[] {
  return [
    `create table ${schema}.daily_counts (
  workspace_id text collate "C" not null,
  day date not null,
  actor_id text collate "C" not null,
  ${counters("")},
  constraint daily_counts_pkey primary key (workspace_id, day, actor_id)
) with (fillfactor = 70)`,
    `create table ${schema}.daily_totals (
  workspace_id text collate "C" not null,
  day date not null,
  ${counters("")},
  constraint daily_totals_pkey primary key (workspace_id, day)
) with (fillfactor = 70)`,
    `create table ${schema}.count_deltas (
  workspace_id text collate "C" not null,
  day date not null,
  entry_number bigint generated always as identity,
  actor_id text collate "C" not null,
  ${counters(" default 0")},
  constraint count_deltas_pkey primary key (workspace_id, day, entry_number)
) with (${busyTable})`,
    `alter table ${schema}.responses add column resolved_by text collate "C"`,
  ];
}

function counters(suffix: string): string {
  const names = ["sent", "answered", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5"];
  return names.map((name) => `${name} integer not null${suffix}`).join(",\n  ");
}
