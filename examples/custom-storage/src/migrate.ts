import { sql } from "drizzle-orm";
import type { Sqlite } from "./open-sqlite.ts";
import { runOn } from "./sql.ts";

/**
 * Makes the tables, or brings them up to this release; changes nothing where they are. Processes that start at the same
 * moment take turns. Sets the file to write-ahead logging, so that readers never wait for the writer.
 * @throws CsatError `storage_failed`, e.g. where the file cannot be written
 */
export async function migrate({ reader, transaction }: Sqlite): Promise<void> {
  // Outside the transaction, where alone SQLite changes it; it stays with the file.
  await runOn(reader)`pragma journal_mode = wal`;
  await transaction(async (tx) => {
    const run = runOn(tx);
    // The names of a file's objects and its version belong to the host: ours carry a prefix, and a table for the version.
    await run`create table if not exists csat_migrations (version integer primary key)`;
    const done = await run`select version from csat_migrations`;
    for (const statement of releases.slice(done.length).flat()) await run`${sql.raw(statement)}`;
    for (const version of releases.keys())
      await run`insert or ignore into csat_migrations values (${version})`;
  });
}

const key = "kind text not null, workspaceId text not null, id text not null";

/** One entry per release that changed the tables; what has been released is never edited. Times are milliseconds. */
const releases: readonly (readonly string[])[] = [
  [
    // One table for all kinds of records, and for the answer of a ticket: null where a record has none of it.
    `create table csat_records (${key}, version integer not null, state text not null,
      sentAt integer, resolvedBy text, createdAt integer, ticketId text, dead integer,
      wakeAt integer, firstDueAt integer, failedAt integer, reason text, leaseId text, leaseUntil integer,
      surveyId text, rating integer, comment text, respondedAt integer, creditedTo text,
      primary key (kind, workspaceId, id)) strict, without rowid`,
    "create index csat_records_due on csat_records (kind, wakeAt) where wakeAt is not null",
    "create index csat_records_failed on csat_records (kind, workspaceId, failedAt, id) where failedAt is not null",
    "create index csat_records_events on csat_records (workspaceId, createdAt, id) where kind = 'event'",
    "create index csat_records_ticket on csat_records (workspaceId, ticketId) where kind = 'event'",
    "create index csat_records_answers on csat_records (workspaceId, respondedAt, surveyId) where kind = 'ticket'",
    `create table csat_tokens (hash text primary key, ${key}) strict, without rowid`,
    "create index csat_tokens_record on csat_tokens (kind, workspaceId, id)",
    `create table csat_journal (number integer primary key autoincrement, workspaceId text not null,
      ticketId text not null, at integer not null, event text not null, reason text, actorId text) strict`,
    "create index csat_journal_ticket on csat_journal (workspaceId, ticketId, at, number)",
    `create table csat_counts (workspaceId text not null, day text not null, resolvedBy text not null,
      figure text not null, count integer not null,
      primary key (workspaceId, day, resolvedBy, figure)) strict, without rowid`,
  ],
];
