import { sql } from "drizzle-orm";
import type { Sqlite } from "./open-sqlite.ts";

/**
 * Makes the tables, or brings them up to this release; changes nothing where they are. Processes that start at the same
 * moment take turns. Sets the file to write-ahead logging, so that readers never wait for the writer.
 * @throws the driver's error, e.g. where the file cannot be written
 */
export async function migrate({ reader, transaction }: Sqlite): Promise<void> {
  // Outside the transaction, where alone SQLite changes it; it stays with the file.
  await reader.run(sql`pragma journal_mode = wal`);
  await transaction(async (tx) => {
    // The names of a file's objects and its version belong to the host: ours carry a prefix, and a table for the version.
    await tx.run(sql`create table if not exists csat_migrations (version integer primary key)`);
    const done = await tx.all<{ readonly version: number }>(sql`select version from csat_migrations`);
    for (const [index, statements] of migrations.entries()) {
      const version = index + 1;
      if (done.some((migration) => migration.version === version)) continue;
      for (const statement of statements) await tx.run(sql.raw(statement));
      await tx.run(sql`insert into csat_migrations (version) values (${version})`);
    }
  });
}

/** One entry per release that changed the tables; what has been released is never edited. `schema.ts` names the same columns. */
const migrations: readonly (readonly string[])[] = [
  [
    `create table csat_settings (
  workspace_id text primary key,
  enabled integer not null,
  send_delay text not null,
  subject text,
  body_intro text
) strict`,
    `create table csat_tickets (
  workspace_id text not null,
  ticket_id text not null,
  first_resolved_at integer,
  first_actor_id text,
  last_left_at integer,
  erased integer not null,
  primary key (workspace_id, ticket_id)
) strict, without rowid`,
    `create table csat_surveys (
  workspace_id text not null,
  ticket_id text not null,
  id text not null,
  status text not null,
  generation integer not null,
  reason text,
  resolved_at integer not null,
  due_at integer not null,
  first_due_at integer not null,
  attempts integer not null,
  may_have_reached integer not null,
  sent_at integer,
  resolved_by text,
  lease_id text,
  lease_until integer,
  claimed_at integer,
  begun integer not null,
  send_begun_at integer,
  reached_before integer not null,
  remembered_resolved_at integer,
  remembered_due_at integer,
  left_at integer,
  left_reason text,
  page text,
  message_id text,
  last_error text,
  primary key (workspace_id, ticket_id)
) strict`,
    "create unique index csat_surveys_id on csat_surveys (workspace_id, id)",
    "create index csat_surveys_due on csat_surveys (status, due_at)",
    "create index csat_surveys_sent on csat_surveys (workspace_id, sent_at)",
    `create table csat_tokens (
  token_hash text primary key,
  workspace_id text not null,
  ticket_id text not null
) strict, without rowid`,
    "create index csat_tokens_ticket on csat_tokens (workspace_id, ticket_id)",
    `create table csat_responses (
  workspace_id text not null,
  ticket_id text not null,
  survey_id text not null,
  rating integer not null check (rating between 1 and 5),
  comment text,
  responded_at integer not null,
  primary key (workspace_id, ticket_id)
) strict`,
    "create index csat_responses_newest on csat_responses (workspace_id, responded_at, survey_id)",
    `create table csat_events (
  workspace_id text not null,
  id text not null,
  ticket_id text not null,
  rating integer not null,
  comment text,
  created_at integer not null,
  deliveries text not null,
  wake_at integer,
  dead integer not null,
  lease_id text,
  lease_until integer,
  primary key (workspace_id, id)
) strict`,
    "create index csat_events_due on csat_events (wake_at)",
    "create index csat_events_newest on csat_events (workspace_id, created_at, id)",
    "create index csat_events_ticket on csat_events (workspace_id, ticket_id)",
    `create table csat_journal (
  entry_number integer primary key autoincrement,
  workspace_id text not null,
  ticket_id text not null,
  at integer not null,
  event text not null,
  reason text,
  actor_id text
) strict`,
    "create index csat_journal_ticket on csat_journal (workspace_id, ticket_id, at, entry_number)",
  ],
];
