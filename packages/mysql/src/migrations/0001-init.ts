import { idType, longTextType, type Server } from "../naming.ts";

/** Where the tables go. */
export interface Target {
  readonly server: Server;
  readonly prefix: string;
}

/**
 * The tables. Ids are compared by code points without padding, as the core compares them. A record's `state` is the core's
 * own document: text, since nothing is looked up in it; the JSON of MySQL would write it anew, and that of MariaDB refuses
 * documents that are nested deeply. Times are in UTC. MySQL has no partial indexes, so what Postgres leaves out of one
 * stands at its end here: null, or another mark.
 */
export function init(target: Target): readonly string[] {
  const id = idType(target.server);
  return [
    record(target, "tickets", ["sent_at datetime(3)", `resolved_by ${id}`]),
    record(target, "customers", [
      "suppressed_at datetime(3)",
      "key customers_suppressed_idx (workspace_id, suppressed_at, id)",
    ]),
    record(target, "workspaces", []),
    record(target, "events", [
      "created_at datetime(3) not null",
      `ticket_id ${id} not null`,
      "dead tinyint not null default 0",
      "key events_created_idx (workspace_id, created_at, id)",
      "key events_dead_idx (workspace_id, dead, created_at, id)",
      "key events_ticket_idx (workspace_id, ticket_id)",
      "key events_age_idx (created_at)",
    ]),
    dueTable(target, "due_tickets"),
    dueTable(target, "due_events"),
    table(target, "tokens", [
      `hash ${id} not null`,
      "kind varchar(20) not null",
      `workspace_id ${id} not null`,
      `id ${id} not null`,
      "created_at datetime(3) not null",
      "primary key (hash)",
      "key tokens_record_idx (workspace_id, id)",
      "key tokens_age_idx (kind, created_at)",
    ]),
    table(target, "customer_tickets", [
      `workspace_id ${id} not null`,
      `customer ${id} not null`,
      `ticket_id ${id} not null`,
      "primary key (workspace_id, customer, ticket_id)",
      "key customer_tickets_ticket_idx (workspace_id, ticket_id)",
    ]),
    table(target, "answers", [
      `workspace_id ${id} not null`,
      `ticket_id ${id} not null`,
      `survey_id ${id} not null`,
      "rating tinyint not null",
      `comment ${longTextType}`,
      "responded_at datetime(3) not null",
      `resolved_by ${id} not null`,
      "is_low tinyint generated always as (rating <= 2) stored",
      "excluded tinyint not null default 0",
      `slices ${longTextType}`,
      "has_comment tinyint generated always as (comment is not null) stored",
      "primary key (workspace_id, ticket_id)",
      "key answers_responded_idx (workspace_id, responded_at, survey_id)",
      "key answers_low_idx (workspace_id, is_low, responded_at, survey_id)",
      "key answers_resolver_idx (workspace_id, resolved_by, responded_at, survey_id)",
      "key answers_comments_idx (has_comment, responded_at)",
    ]),
    table(target, "journal", [
      `workspace_id ${id} not null`,
      `ticket_id ${id} not null`,
      "at datetime(3) not null",
      "entry_number bigint not null auto_increment",
      "event varchar(60) not null",
      `reason ${longTextType}`,
      `actor_id ${id}`,
      "eligible_at datetime(3)",
      `facts ${longTextType}`,
      "primary key (workspace_id, ticket_id, at, entry_number)",
      "key journal_entry_idx (entry_number)",
      "key journal_history_idx (workspace_id, at, entry_number)",
      "key journal_age_idx (at)",
    ]),
    ...countTables(target),
  ];
}

/** A table that is there already is left as it is: `migrate` made sure that it is ours. */
function table(target: Target, name: string, parts: readonly string[]): string {
  return `create table if not exists \`${target.prefix}${name}\` (
  ${parts.join(",\n  ")}
) engine = InnoDB default character set utf8mb4 comment = '${tableComment}'`;
}

/** Tells our tables from others of the same name. */
export const tableComment = "CSAT";

function record(target: Target, name: string, cells: readonly string[]): string {
  return table(target, name, [
    `workspace_id ${idType(target.server)} not null`,
    `id ${idType(target.server)} not null`,
    "version int not null",
    `state ${longTextType}`,
    "primary key (workspace_id, id)",
    ...cells,
  ]);
}

/**
 * What is due, in a narrow table whose rows go when there is nothing left to do. A row waits (`ready` 0), is ready once its
 * time has come (1; a claim looks at ready rows alone, so that what waits costs it nothing), or was given up (null).
 */
function dueTable(target: Target, name: string): string {
  const index = (suffix: string) => `key ${name}_${suffix}_idx`;
  return table(target, name, [
    `workspace_id ${idType(target.server)} not null`,
    `id ${idType(target.server)} not null`,
    "wake_at datetime(3)",
    "first_due_at datetime(3)",
    "ready tinyint default 0",
    `lease_id ${idType(target.server)}`,
    "lease_until datetime(3)",
    "failed_at datetime(3)",
    `reason ${idType(target.server)}`,
    "primary key (workspace_id, id)",
    `${index("wake")} (ready, wake_at)`,
    `${index("ready")} (ready, workspace_id, wake_at, id)`,
    `${index("first")} (first_due_at)`,
    `${index("failed")} (workspace_id, failed_at, id)`,
    `${index("failing")} (reason, workspace_id, first_due_at)`,
    `${index("given_up")} (reason, workspace_id, failed_at)`,
  ]);
}

/**
 * Counts that cost a reader days × operators. What happens is appended to `count_deltas`, so that no two answers ever wait
 * for one row; housekeeping folds it into `daily_counts` by resolver and `daily_totals` of all of them. Actor '' is the
 * Unattributed group, and part '' the whole: a key holds no null. A part comes before the day, so that what reads the whole, or
 * some parts, walks past no row of others.
 */
function countTables(target: Target): readonly string[] {
  const id = idType(target.server);
  const counters = ["sent", "answered", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5"].map(
    (name) => `${name} int not null`,
  );
  counters.push("not_asked int not null default 0");
  const part = `part ${idType(target.server, 300)} not null default ''`;
  return [
    table(target, "daily_counts", [
      `workspace_id ${id} not null`,
      part,
      "day date not null",
      `actor_id ${id} not null`,
      ...counters,
      "primary key (workspace_id, part, day, actor_id)",
    ]),
    table(target, "daily_totals", [
      `workspace_id ${id} not null`,
      part,
      "day date not null",
      ...counters,
      "primary key (workspace_id, part, day)",
    ]),
    table(target, "count_deltas", [
      `workspace_id ${id} not null`,
      "day date not null",
      "entry_number bigint not null auto_increment",
      `actor_id ${id} not null`,
      part,
      ...counters,
      "primary key (workspace_id, day, entry_number)",
      "key count_deltas_entry_idx (entry_number)",
    ]),
  ];
}
