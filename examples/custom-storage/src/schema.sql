-- One table for all kinds of records and a ticket's answer. A prefix, for the file is the host's. Times are milliseconds.
create table csat_records (kind text not null, workspaceId text not null, id text not null,
  version integer not null, state text not null, sentAt integer, resolvedBy text, suppressedAt integer, createdAt integer, ticketId text, dead integer, wakeAt integer,
  firstDueAt integer, failedAt integer, reason text, leaseId text, leaseUntil integer, surveyId text, rating integer, comment text,
  respondedAt integer, creditedTo text, excluded integer, slices text, primary key (kind, workspaceId, id)) strict, without rowid;
create index csat_records_due on csat_records (kind, wakeAt) where wakeAt is not null;
create index csat_records_failed on csat_records (kind, workspaceId, failedAt, id) where failedAt is not null;
create index csat_records_first on csat_records (kind, firstDueAt) where wakeAt is not null;
create index csat_records_troubles on csat_records (kind desc, workspaceId, reason, wakeAt, failedAt, firstDueAt) where reason is not null;
create index csat_records_events on csat_records (workspaceId, createdAt, id) where kind = 'event';
create index csat_records_ticket on csat_records (workspaceId, ticketId) where kind = 'event';
create index csat_records_answers on csat_records (workspaceId, respondedAt, surveyId) where kind = 'ticket';
create index csat_records_suppressed on csat_records (workspaceId, suppressedAt, id) where suppressedAt is not null;
create index csat_records_comments on csat_records (respondedAt) where comment is not null;
create index csat_records_old on csat_records (createdAt) where kind = 'event' and wakeAt is null;
create table csat_tokens (hash text primary key, kind text not null, workspaceId text not null, id text not null, createdAt integer not null
  default (cast(unixepoch('subsec') * 1000 as integer))) strict, without rowid;
create index csat_tokens_record on csat_tokens (kind, workspaceId, id);
create index csat_tokens_old on csat_tokens (kind, createdAt);
create table csat_customer_tickets (workspaceId text not null, customer text not null, ticketId text not null,
  primary key (workspaceId, customer, ticketId)) strict, without rowid;
create index csat_customer_tickets_ticket on csat_customer_tickets (workspaceId, ticketId);
create table csat_journal (number integer primary key autoincrement, workspaceId text not null, ticketId text not null,
  at integer not null, event text not null, reason text, actorId text, eligibleAt integer, facts text) strict;
create index csat_journal_ticket on csat_journal (workspaceId, ticketId, at, number);
create index csat_journal_old on csat_journal (at);
create index csat_journal_history on csat_journal (workspaceId, at, number);
create table csat_counts (workspaceId text not null, part text not null, day text not null, resolvedBy text not null,
  sent integer not null, answered integer not null, r1 integer not null, r2 integer not null, r3 integer not null,
  r4 integer not null, r5 integer not null, notAsked integer not null,
  primary key (workspaceId, part, day, resolvedBy)) strict, without rowid;
