import { sql } from "drizzle-orm";
import type { Sqlite } from "./open-sqlite.ts";
import { runOn } from "./sql.ts";

const key = "kind text not null, workspaceId text not null, id text not null";

/** One for all kinds of records and a ticket's answer. A prefix, for the file is the host's. Times are milliseconds. */
const tables = [
  `create table csat_records (${key}, version integer not null, state text not null,
      sentAt integer, resolvedBy text, createdAt integer, ticketId text, dead integer, wakeAt integer, firstDueAt integer,
      failedAt integer, reason text, leaseId text, leaseUntil integer, surveyId text, rating integer, comment text,
      respondedAt integer, creditedTo text, primary key (kind, workspaceId, id)) strict, without rowid`,
  "create index csat_records_due on csat_records (kind, wakeAt) where wakeAt is not null",
  "create index csat_records_failed on csat_records (kind, workspaceId, failedAt, id) where failedAt is not null",
  "create index csat_records_first on csat_records (kind, firstDueAt) where wakeAt is not null",
  "create index csat_records_troubles on csat_records (kind desc, workspaceId, reason, wakeAt, failedAt, firstDueAt) where reason is not null",
  "create index csat_records_events on csat_records (workspaceId, createdAt, id) where kind = 'event'",
  "create index csat_records_ticket on csat_records (workspaceId, ticketId) where kind = 'event'",
  "create index csat_records_answers on csat_records (workspaceId, respondedAt, surveyId) where kind = 'ticket'",
  `create table csat_tokens (hash text primary key, ${key}) strict, without rowid`,
  "create index csat_tokens_record on csat_tokens (kind, workspaceId, id)",
  `create table csat_journal (number integer primary key autoincrement, workspaceId text not null, ticketId text not null,
      at integer not null, event text not null, reason text, actorId text, eligibleAt integer, facts text) strict`,
  "create index csat_journal_ticket on csat_journal (workspaceId, ticketId, at, number)",
  "create index csat_journal_history on csat_journal (workspaceId, at, number)",
  `create table csat_counts (workspaceId text not null, part text not null, day text not null, resolvedBy text not null,
      ${["sent", "answered", "r1", "r2", "r3", "r4", "r5", "notAsked"].map((figure) => `${figure} integer not null`)},
      primary key (workspaceId, part, day, resolvedBy)) strict, without rowid`,
];

/** Makes the tables where they are not; processes that start at once take turns. @throws CsatError `storage_failed` */
export async function migrate({ reader, transaction }: Sqlite): Promise<void> {
  // A write-ahead log keeps readers from waiting. It stays with the file, and no transaction can set it.
  await runOn(reader)`pragma journal_mode = wal`;
  await transaction(async (tx) => {
    const made = await runOn(tx)`select 1 from sqlite_master where name = 'csat_records'`;
    if (made.length === 0) for (const statement of tables) await runOn(tx)`${sql.raw(statement)}`;
  });
}
