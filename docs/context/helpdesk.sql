-- The helpdesk around the SQL of the pages.
create table tickets (
  id text primary key,
  workspace_id text not null default 'acme',
  subject text not null default '',
  status text not null default 'open',
  assignee_id text,
  customer_name text,
  customer_email text,
  created_at timestamptz not null default now()
);
create table users (id text primary key, name text not null);
