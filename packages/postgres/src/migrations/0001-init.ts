import { busyTable } from "./busy-table.ts";

/**
 * The first tables. Ids are compared by code points (collation "C"), as the core compares them. There are no foreign
 * keys: every write of a survey's rows happens under the lock of the survey's row, and tables keyed by workspace can
 * be partitioned by it. `surveys` has no index on `status`, so that a change of status stays a heap-only update.
 */
export function init(schema: string): readonly string[] {
  return [
    `create table ${schema}.tickets (
  workspace_id text collate "C" not null,
  ticket_id text collate "C" not null,
  first_resolved_at timestamptz,
  first_actor_id text collate "C",
  left_at timestamptz,
  left_reason text,
  erased boolean not null default false,
  constraint tickets_pkey primary key (workspace_id, ticket_id)
)`,
    `create table ${schema}.surveys (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  ticket_id text collate "C" not null,
  status text not null,
  generation integer not null,
  reason text,
  resolved_at timestamptz not null,
  due_at timestamptz not null,
  first_due_at timestamptz not null,
  attempts integer not null default 0,
  may_have_reached boolean not null default false,
  reached_before boolean not null default false,
  begun boolean not null default false,
  claimed_at timestamptz,
  send_begun_at timestamptz,
  sent_at timestamptz,
  resolved_by text collate "C",
  last_lease_id text,
  pending_resolved_at timestamptz,
  pending_due_at timestamptz,
  left_at timestamptz,
  left_reason text,
  page_workspace_name text,
  page_ticket_subject text,
  page_locale text,
  message_id text,
  last_error text,
  constraint surveys_pkey primary key (workspace_id, id),
  constraint surveys_ticket_key unique (workspace_id, ticket_id)
) with (fillfactor = 80)`,
    `create index surveys_sent_idx on ${schema}.surveys (workspace_id, sent_at) where sent_at is not null`,
    `create table ${schema}.due_surveys (
  workspace_id text collate "C" not null,
  survey_id text collate "C" not null,
  wake_at timestamptz not null,
  lease_id text,
  lease_until timestamptz,
  constraint due_surveys_pkey primary key (workspace_id, survey_id)
) with (${busyTable})`,
    `create index due_surveys_wake_idx on ${schema}.due_surveys (workspace_id, wake_at, survey_id)`,
    `create table ${schema}.tokens (
  token_hash text collate "C" not null,
  workspace_id text collate "C" not null,
  survey_id text collate "C" not null,
  constraint tokens_pkey primary key (token_hash, workspace_id)
)`,
    `create index tokens_survey_idx on ${schema}.tokens (workspace_id, survey_id)`,
    `create table ${schema}.responses (
  workspace_id text collate "C" not null,
  survey_id text collate "C" not null,
  ticket_id text collate "C" not null,
  rating integer not null,
  comment text,
  responded_at timestamptz not null,
  constraint responses_pkey primary key (workspace_id, survey_id)
)`,
    `create index responses_responded_idx on ${schema}.responses (workspace_id, responded_at, survey_id)`,
    `create table ${schema}.events (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  survey_id text collate "C" not null,
  type text not null,
  created_at timestamptz not null,
  data jsonb not null,
  deliveries jsonb not null default '[]'::jsonb,
  dead boolean not null default false,
  constraint events_pkey primary key (workspace_id, id)
)`,
    `create index events_created_idx on ${schema}.events (workspace_id, created_at, id)`,
    `create index events_dead_idx on ${schema}.events (workspace_id, created_at, id) where dead`,
    `create index events_survey_idx on ${schema}.events (workspace_id, survey_id)`,
    `create table ${schema}.due_events (
  workspace_id text collate "C" not null,
  event_id text collate "C" not null,
  wake_at timestamptz not null,
  created_at timestamptz not null,
  lease_id text,
  lease_until timestamptz,
  constraint due_events_pkey primary key (workspace_id, event_id)
) with (${busyTable})`,
    `create index due_events_wake_idx on ${schema}.due_events (workspace_id, wake_at, created_at, event_id)`,
    `create table ${schema}.journal (
  workspace_id text collate "C" not null,
  ticket_id text collate "C" not null,
  at timestamptz not null,
  entry_number bigint generated always as identity,
  event text not null,
  reason text,
  actor_id text collate "C",
  constraint journal_pkey primary key (workspace_id, ticket_id, at, entry_number)
)`,
    `create table ${schema}.settings (
  workspace_id text collate "C" not null,
  enabled boolean not null,
  send_delay text not null,
  subject text,
  body_intro text,
  constraint settings_pkey primary key (workspace_id)
)`,
  ];
}
