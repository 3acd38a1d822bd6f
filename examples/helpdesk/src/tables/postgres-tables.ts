import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Seeded } from "../seed/seeded.ts";
import { receiverModes, type TicketDetails, ticketStatuses } from "./columns.ts";

const helpdesk = pgSchema("helpdesk");
const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** One row per ticket; ids count up within a workspace. */
const tickets = helpdesk.table(
  "tickets",
  {
    workspaceId: text("workspace_id").notNull(),
    id: text("id").notNull(),
    number: integer("number").notNull(),
    subject: text("subject").notNull(),
    status: text("status", { enum: ticketStatuses }).notNull(),
    customerName: text("customer_name"),
    customerEmail: text("customer_email"),
    assigneeId: text("assignee_id"),
    mergedInto: text("merged_into"),
    details: jsonb("details").$type<TicketDetails>().notNull().default({}),
    createdAt: time("created_at").notNull(),
    /** Time of the last change of status; later than the one before, also within a millisecond. */
    statusChangedAt: time("status_changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** What operators wrote when they resolved tickets. */
const notes = helpdesk.table("notes", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  workspaceId: text("workspace_id").notNull(),
  ticketId: text("ticket_id").notNull(),
  authorId: text("author_id").notNull(),
  body: text("body").notNull(),
  writtenAt: time("written_at").notNull(),
});

/** The last ticket number that each workspace gave out. */
const ticketNumbers = helpdesk.table("ticket_numbers", {
  workspaceId: text("workspace_id").primaryKey(),
  lastNumber: integer("last_number").notNull(),
});

/** What the built-in SMTP server took. */
const mails = helpdesk.table("mails", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  recipient: text("recipient").notNull(),
  sender: text("sender").notNull(),
  subject: text("subject").notNull(),
  text: text("text").notNull(),
  html: text("html").notNull(),
  raw: text("raw").notNull(),
  receivedAt: time("received_at").notNull(),
});

/** One row: how far the demo's clock runs ahead, and when the first start was prepared. */
const demo = helpdesk.table("demo", {
  id: integer("id").primaryKey(),
  clockOffsetMs: bigint("clock_offset_ms", { mode: "number" }).notNull(),
  preparedAt: time("prepared_at"),
});

/** One row per seeded history: what was asked for, and what came of it. */
const seeds = helpdesk.table(
  "seeds",
  {
    workspaceId: text("workspace_id").notNull(),
    tickets: integer("tickets").notNull(),
    days: integer("days").notNull(),
    seed: integer("seed").notNull(),
    made: jsonb("made").$type<Seeded>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.tickets, table.days, table.seed] })],
);

/** One row per workspace: its receiver of webhooks. */
const receivers = helpdesk.table("receivers", {
  workspaceId: text("workspace_id").primaryKey(),
  secret: text("secret").notNull(),
  mode: text("mode", { enum: receiverModes }).notNull(),
  /** False once it answered 410. */
  isSubscribed: boolean("is_subscribed").notNull(),
});

/** What the receivers got. */
const received = helpdesk.table("received", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  workspaceId: text("workspace_id").notNull(),
  headers: jsonb("headers").$type<Readonly<Record<string, string>>>().notNull(),
  raw: text("raw").notNull(),
  verified: boolean("verified").notNull(),
  /** The status that the receiver answered with; null when it never did. */
  answered: integer("answered"),
  receivedAt: time("received_at").notNull(),
});

/** The helpdesk's own tables, in a schema of their own. */
export const postgresTables = { tickets, notes, ticketNumbers, mails, demo, seeds, receivers, received };

/** What makes those that are missing, in one transaction. */
export const postgresStatements = [
  // IF NOT EXISTS alone does not keep two starting processes from colliding in Postgres's catalog; the lock does.
  sql`select pg_advisory_xact_lock(hashtext('csat-helpdesk-tables'))`,
  sql`create schema if not exists helpdesk`,
  sql`create table if not exists helpdesk.tickets (
    workspace_id text not null, id text not null, number integer not null, subject text not null,
    status text not null, customer_name text, customer_email text, assignee_id text, merged_into text,
    created_at timestamptz(3) not null, status_changed_at timestamptz(3) not null,
    primary key (workspace_id, id))`,
  // Folders of earlier versions have the table without it.
  sql`alter table helpdesk.tickets add column if not exists details jsonb not null default '{}'`,
  sql`create table if not exists helpdesk.notes (
    id bigint generated always as identity primary key, workspace_id text not null, ticket_id text not null,
    author_id text not null, body text not null, written_at timestamptz(3) not null)`,
  sql`create index if not exists notes_ticket on helpdesk.notes (workspace_id, ticket_id)`,
  sql`create table if not exists helpdesk.ticket_numbers (
    workspace_id text primary key, last_number integer not null)`,
  sql`create table if not exists helpdesk.mails (
    id bigint generated always as identity primary key, recipient text not null, sender text not null,
    subject text not null, text text not null, html text not null, raw text not null,
    received_at timestamptz(3) not null)`,
  sql`create table if not exists helpdesk.seeds (
    workspace_id text not null, tickets integer not null, days integer not null, seed integer not null,
    made jsonb not null, primary key (workspace_id, tickets, days, seed))`,
  sql`create table if not exists helpdesk.receivers (
    workspace_id text primary key, secret text not null, mode text not null, is_subscribed boolean not null)`,
  sql`create table if not exists helpdesk.received (
    id bigint generated always as identity primary key, workspace_id text not null, headers jsonb not null,
    raw text not null, verified boolean not null, answered integer, received_at timestamptz(3) not null)`,
  sql`create index if not exists received_workspace on helpdesk.received (workspace_id, id)`,
  sql`create table if not exists helpdesk.demo (
    id integer primary key, clock_offset_ms bigint not null, prepared_at timestamptz(3))`,
  sql`insert into helpdesk.demo (id, clock_offset_ms) values (1, 0) on conflict do nothing`,
];
