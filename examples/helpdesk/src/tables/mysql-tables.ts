import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  datetime,
  int,
  longtext,
  mysqlTable,
  primaryKey,
  varchar,
} from "drizzle-orm/mysql-core";
import type { Seeded } from "../seed/seeded.ts";
import { receiverModes, type TicketDetails, ticketStatuses } from "./columns.ts";

const id = (name: string) => varchar(name, { length: 200 });
const time = (name: string) => datetime(name, { mode: "date", fsp: 3 });
const counted = () => bigint("id", { mode: "number" }).primaryKey().autoincrement();

/** Text, because MariaDB hands over a JSON column as text and MySQL as an object. */
const json = <Value>(name: string) =>
  customType<{ data: Value; driverData: string }>({
    dataType: () => "longtext",
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => JSON.parse(text),
  })(name);

const tickets = mysqlTable(
  "helpdesk_tickets",
  {
    workspaceId: id("workspace_id").notNull(),
    id: id("id").notNull(),
    number: int("number").notNull(),
    subject: longtext("subject").notNull(),
    status: varchar("status", { length: 200, enum: ticketStatuses }).notNull(),
    customerName: longtext("customer_name"),
    customerEmail: longtext("customer_email"),
    assigneeId: id("assignee_id"),
    mergedInto: id("merged_into"),
    details: json<TicketDetails>("details")
      .notNull()
      .$default(() => ({})),
    createdAt: time("created_at").notNull(),
    statusChangedAt: time("status_changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

const notes = mysqlTable("helpdesk_notes", {
  id: counted(),
  workspaceId: id("workspace_id").notNull(),
  ticketId: id("ticket_id").notNull(),
  authorId: id("author_id").notNull(),
  body: longtext("body").notNull(),
  writtenAt: time("written_at").notNull(),
});

const ticketNumbers = mysqlTable("helpdesk_ticket_numbers", {
  workspaceId: id("workspace_id").primaryKey(),
  lastNumber: int("last_number").notNull(),
});

const mails = mysqlTable("helpdesk_mails", {
  id: counted(),
  recipient: longtext("recipient").notNull(),
  sender: longtext("sender").notNull(),
  subject: longtext("subject").notNull(),
  text: longtext("text").notNull(),
  html: longtext("html").notNull(),
  raw: longtext("raw").notNull(),
  receivedAt: time("received_at").notNull(),
});

const demo = mysqlTable("helpdesk_demo", {
  id: int("id").primaryKey(),
  clockOffsetMs: bigint("clock_offset_ms", { mode: "number" }).notNull(),
  preparedAt: time("prepared_at"),
});

const seeds = mysqlTable(
  "helpdesk_seeds",
  {
    workspaceId: id("workspace_id").notNull(),
    tickets: int("tickets").notNull(),
    days: int("days").notNull(),
    seed: int("seed").notNull(),
    made: json<Seeded>("made").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.tickets, table.days, table.seed] })],
);

const receivers = mysqlTable("helpdesk_receivers", {
  workspaceId: id("workspace_id").primaryKey(),
  secret: longtext("secret").notNull(),
  mode: varchar("mode", { length: 200, enum: receiverModes }).notNull(),
  isSubscribed: boolean("is_subscribed").notNull(),
});

const received = mysqlTable("helpdesk_received", {
  id: counted(),
  workspaceId: id("workspace_id").notNull(),
  headers: json<Readonly<Record<string, string>>>("headers").notNull(),
  raw: longtext("raw").notNull(),
  verified: boolean("verified").notNull(),
  answered: int("answered"),
  receivedAt: time("received_at").notNull(),
});

/** The same tables where a database has no schemas: their names begin with `helpdesk_`. */
export const mysqlTables = { tickets, notes, ticketNumbers, mails, demo, seeds, receivers, received };

// Ids are compared character by character, as in Postgres.
const ending = sql.raw("default character set utf8mb4 collate utf8mb4_bin");
const idColumn = sql.raw("varchar(200) not null");
const countedColumn = sql.raw("id bigint primary key auto_increment");

/** What makes those that are missing, on one connection. */
export const mysqlStatements = [
  // Locks of this kind are the whole server's.
  sql`do get_lock(concat('csat-helpdesk ', md5(database())), 600)`,
  sql`create table if not exists helpdesk_tickets (
    workspace_id ${idColumn}, id ${idColumn}, number int not null, subject longtext not null, status ${idColumn},
    customer_name longtext, customer_email longtext, assignee_id varchar(200), merged_into varchar(200),
    details longtext not null, created_at datetime(3) not null, status_changed_at datetime(3) not null,
    primary key (workspace_id, id)) ${ending}`,
  sql`create table if not exists helpdesk_notes (
    ${countedColumn}, workspace_id ${idColumn}, ticket_id ${idColumn}, author_id ${idColumn}, body longtext not null,
    written_at datetime(3) not null, key (workspace_id, ticket_id)) ${ending}`,
  sql`create table if not exists helpdesk_ticket_numbers (
    workspace_id varchar(200) primary key, last_number int not null) ${ending}`,
  sql`create table if not exists helpdesk_mails (
    ${countedColumn}, recipient longtext not null, sender longtext not null, subject longtext not null,
    \`text\` longtext not null, html longtext not null, \`raw\` longtext not null, received_at datetime(3) not null) ${ending}`,
  sql`create table if not exists helpdesk_seeds (
    workspace_id ${idColumn}, tickets int not null, days int not null, seed int not null, made longtext not null,
    primary key (workspace_id, tickets, days, seed)) ${ending}`,
  sql`create table if not exists helpdesk_receivers (
    workspace_id varchar(200) primary key, secret longtext not null, mode ${idColumn}, is_subscribed boolean not null) ${ending}`,
  sql`create table if not exists helpdesk_received (
    ${countedColumn}, workspace_id ${idColumn}, headers longtext not null, \`raw\` longtext not null,
    verified boolean not null, answered int, received_at datetime(3) not null, key (workspace_id, id)) ${ending}`,
  sql`create table if not exists helpdesk_demo (
    id int primary key, clock_offset_ms bigint not null, prepared_at datetime(3)) ${ending}`,
  sql`insert into helpdesk_demo (id, clock_offset_ms) values (1, 0) on duplicate key update id = id`,
  sql`do release_lock(concat('csat-helpdesk ', md5(database())))`,
];
