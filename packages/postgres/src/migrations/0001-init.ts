import { busyTable } from "./busy-table.ts";

/**
 * The tables. Ids are compared by code points (collation "C"), as the core compares them. There are no foreign keys:
 * every write of a ticket's rows happens under the lock of the ticket's row, and tables keyed by workspace can be
 * partitioned by it. A record's `state` is the core's own document: `json`, since nothing is looked up in it, and no
 * index stands on a column that a send changes, so that its updates stay heap-only.
 */
export function init(schema: string): readonly string[] {
  return [
    // A send updates a ticket twice, and its document nearly doubles. Four rows to a page leave room for all their versions,
    // whether or not somebody tidied up in between: the updates stay heap-only.
    record(schema, "tickets", {
      fillfactor: 25,
      cells: ["sent_at timestamptz", 'resolved_by text collate "C"'],
    }),
    record(schema, "customers", { fillfactor: 80, cells: ["suppressed_at timestamptz"] }),
    record(schema, "workspaces", { fillfactor: 80, cells: [] }),
    record(schema, "events", {
      fillfactor: 80,
      cells: [
        "created_at timestamptz not null",
        'ticket_id text collate "C" not null',
        "dead boolean not null default false",
      ],
    }),
    `create index customers_suppressed_idx on ${schema}.customers (workspace_id, suppressed_at, id) where suppressed_at is not null`,
    `create index events_created_idx on ${schema}.events (workspace_id, created_at, id)`,
    `create index events_dead_idx on ${schema}.events (workspace_id, created_at, id) where dead`,
    `create index events_ticket_idx on ${schema}.events (workspace_id, ticket_id)`,
    ...dueTable(schema, "due_tickets"),
    ...dueTable(schema, "due_events"),
    `create table ${schema}.tokens (
  hash text collate "C" not null,
  kind text not null,
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  created_at timestamptz not null default now(),
  constraint tokens_pkey primary key (hash)
)`,
    `create index tokens_record_idx on ${schema}.tokens (workspace_id, id)`,
    `create index tokens_created_idx on ${schema}.tokens (created_at) where kind = 'ticket'`,
    `create table ${schema}.customer_tickets (
  workspace_id text collate "C" not null,
  customer text collate "C" not null,
  ticket_id text collate "C" not null,
  constraint customer_tickets_pkey primary key (workspace_id, customer, ticket_id)
)`,
    `create index customer_tickets_ticket_idx on ${schema}.customer_tickets (workspace_id, ticket_id)`,
    `create table ${schema}.answers (
  workspace_id text collate "C" not null,
  ticket_id text collate "C" not null,
  survey_id text collate "C" not null,
  rating integer not null,
  comment text,
  responded_at timestamptz not null,
  resolved_by text collate "C" not null,
  excluded boolean not null default false,
  slices text[] not null default '{}',
  constraint answers_pkey primary key (workspace_id, ticket_id)
)`,
    `create index answers_responded_idx on ${schema}.answers (workspace_id, responded_at, survey_id)`,
    `create index answers_low_idx on ${schema}.answers (workspace_id, responded_at, survey_id) where rating <= 2`,
    // Of what retention has yet to take, and of nothing else: it costs an answer without a comment nothing.
    `create index answers_comment_idx on ${schema}.answers (responded_at) where comment is not null`,
    `create index answers_resolver_idx on ${schema}.answers (workspace_id, resolved_by, responded_at, survey_id)`,
    `create table ${schema}.journal (
  workspace_id text collate "C" not null,
  ticket_id text collate "C" not null,
  at timestamptz not null,
  entry_number bigint generated always as identity,
  event text not null,
  reason text,
  actor_id text collate "C",
  eligible_at timestamptz,
  facts json,
  constraint journal_pkey primary key (workspace_id, ticket_id, at, entry_number)
)`,
    `create index journal_history_idx on ${schema}.journal (workspace_id, at, entry_number)`,
    ...countTables(schema),
  ];
}

function record(
  schema: string,
  table: string,
  { fillfactor, cells }: { readonly fillfactor: number; readonly cells: readonly string[] },
): string {
  return `create table ${schema}.${table} (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  state json${["", ...cells].join(",\n  ")},
  constraint ${table}_pkey primary key (workspace_id, id)
) with (fillfactor = ${fillfactor})`;
}

/**
 * What is due, in a narrow table whose rows go when there is nothing left to do. A row waits, is ready once its time has
 * come (a claim looks at ready rows alone, so that what waits costs it nothing), or was given up.
 */
function dueTable(schema: string, table: string): readonly string[] {
  return [
    `create table ${schema}.${table} (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  wake_at timestamptz,
  first_due_at timestamptz,
  ready boolean not null default false,
  lease_id text,
  lease_until timestamptz,
  failed_at timestamptz,
  reason text,
  constraint ${table}_pkey primary key (workspace_id, id)
) with (${busyTable})`,
    `create index ${table}_wake_idx on ${schema}.${table} (wake_at) where not ready and wake_at is not null`,
    `create index ${table}_ready_idx on ${schema}.${table} (workspace_id, wake_at, id) where ready`,
    `create index ${table}_first_idx on ${schema}.${table} (first_due_at) where wake_at is not null`,
    // By whether it is leased, and not until when: a lease that is made longer stays a heap-only update.
    `create index ${table}_leased_idx on ${schema}.${table} (wake_at) where lease_id is not null`,
    `create index ${table}_failed_idx on ${schema}.${table} (workspace_id, failed_at, id) where failed_at is not null`,
    `create index ${table}_failing_idx on ${schema}.${table} (workspace_id, reason, first_due_at) where reason is not null and failed_at is null`,
    `create index ${table}_given_up_idx on ${schema}.${table} (workspace_id, reason, (coalesce(first_due_at, failed_at))) where reason is not null and failed_at is not null`,
  ];
}

/**
 * Counts that cost a reader days × operators. What happens is appended to `count_deltas`, so that no two answers ever wait
 * for one row, once for all parts that it is counted in; housekeeping folds it into `daily_counts` by resolver and `daily_totals` of all of them. Actor '' is the
 * Unattributed group, and part '' the whole: a key holds no null. A part comes before the day, so that what reads the whole, or
 * some parts, walks past no row of others.
 */
function countTables(schema: string): readonly string[] {
  const counters = (suffix: string) =>
    ["sent", "answered", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5"]
      .map((name) => `${name} integer not null${suffix}`)
      .concat("not_asked integer not null default 0")
      .join(",\n  ");
  const part = `part text collate "C" not null default ''`;
  return [
    `create table ${schema}.daily_counts (
  workspace_id text collate "C" not null,
  ${part},
  day date not null,
  actor_id text collate "C" not null,
  ${counters("")},
  constraint daily_counts_pkey primary key (workspace_id, part, day, actor_id)
) with (fillfactor = 70)`,
    `create table ${schema}.daily_totals (
  workspace_id text collate "C" not null,
  ${part},
  day date not null,
  ${counters("")},
  constraint daily_totals_pkey primary key (workspace_id, part, day)
) with (fillfactor = 70)`,
    `create table ${schema}.count_deltas (
  workspace_id text collate "C" not null,
  day date not null,
  entry_number bigint generated always as identity,
  actor_id text collate "C" not null,
  parts text[] collate "C" not null default '{""}',
  ${counters(" default 0")},
  constraint count_deltas_pkey primary key (workspace_id, day, entry_number)
) with (${busyTable})`,
  ];
}
