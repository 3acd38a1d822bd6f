import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  date,
  type ExtraConfigColumn,
  index,
  integer,
  json,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";

/** Text compared by code points, whatever the database's locale. */
const id = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
const ids = customType<{ data: string[] }>({ dataType: () => 'text[] collate "C"' });
/** What happened on a day, of one resolver. */
const counter = (name: string) => integer(name).notNull();
const time = (name: string) => timestamp(name, { withTimezone: true });

const record = {
  workspaceId: id("workspace_id").notNull(),
  id: id("id").notNull(),
  version: integer("version").notNull(),
  state: json("state"),
};

const due = {
  workspaceId: id("workspace_id").notNull(),
  id: id("id").notNull(),
  wakeAt: time("wake_at"),
  firstDueAt: time("first_due_at"),
  ready: boolean("ready").notNull().default(false),
  leaseId: text("lease_id"),
  leaseUntil: time("lease_until"),
  failedAt: time("failed_at"),
  reason: text("reason"),
};

type DueColumns = Readonly<Record<keyof typeof due, ExtraConfigColumn>>;

function dueIndexes(table: string, t: DueColumns) {
  return [
    primaryKey({ name: `${table}_pkey`, columns: [t.workspaceId, t.id] }),
    index(`${table}_wake_idx`).on(t.wakeAt).where(sql`not ready and wake_at is not null`),
    index(`${table}_ready_idx`).on(t.workspaceId, t.wakeAt, t.id).where(sql`ready`),
    index(`${table}_first_idx`).on(t.firstDueAt).where(sql`wake_at is not null`),
    index(`${table}_leased_idx`).on(t.wakeAt).where(sql`lease_id is not null`),
    index(`${table}_failed_idx`).on(t.workspaceId, t.failedAt, t.id).where(sql`failed_at is not null`),
    index(`${table}_failing_idx`)
      .on(t.workspaceId, t.reason, t.firstDueAt)
      .where(sql`reason is not null and failed_at is null`),
    index(`${table}_given_up_idx`)
      .on(t.workspaceId, t.reason, sql`(coalesce(first_due_at, failed_at))`)
      .where(sql`reason is not null and failed_at is not null`),
  ];
}

/**
 * Our tables as a drizzle schema, for hosts whose own migrations create them. The same tables as `migrate` makes, but
 * for what drizzle does not know: storage parameters (`fillfactor`, autovacuum), which `printMigrations` shows.
 * @throws CsatError `invalid_config`
 */
export function csatSchema(schemaName: string = defaultSchemaName) {
  const schema = pgSchema(checkedSchemaName(schemaName));
  const table = schema.table;
  return {
    schema,
    tickets: table("tickets", { ...record, sentAt: time("sent_at"), resolvedBy: id("resolved_by") }, (t) => [
      primaryKey({ name: "tickets_pkey", columns: [t.workspaceId, t.id] }),
    ]),
    customers: table("customers", { ...record, suppressedAt: time("suppressed_at") }, (t) => [
      primaryKey({ name: "customers_pkey", columns: [t.workspaceId, t.id] }),
      index("customers_suppressed_idx")
        .on(t.workspaceId, t.suppressedAt, t.id)
        .where(sql`suppressed_at is not null`),
    ]),
    workspaces: table("workspaces", record, (t) => [
      primaryKey({ name: "workspaces_pkey", columns: [t.workspaceId, t.id] }),
    ]),
    events: table(
      "events",
      {
        ...record,
        createdAt: time("created_at").notNull(),
        ticketId: id("ticket_id").notNull(),
        dead: boolean("dead").notNull().default(false),
      },
      (t) => [
        primaryKey({ name: "events_pkey", columns: [t.workspaceId, t.id] }),
        index("events_created_idx").on(t.workspaceId, t.createdAt, t.id),
        index("events_dead_idx").on(t.workspaceId, t.createdAt, t.id).where(sql`dead`),
        index("events_ticket_idx").on(t.workspaceId, t.ticketId),
      ],
    ),
    dueTickets: table("due_tickets", due, (t) => dueIndexes("due_tickets", t)),
    dueEvents: table("due_events", due, (t) => dueIndexes("due_events", t)),
    tokens: table(
      "tokens",
      {
        hash: id("hash").notNull(),
        kind: text("kind").notNull(),
        workspaceId: id("workspace_id").notNull(),
        id: id("id").notNull(),
        createdAt: time("created_at").notNull().defaultNow(),
      },
      (t) => [
        primaryKey({ name: "tokens_pkey", columns: [t.hash] }),
        index("tokens_record_idx").on(t.workspaceId, t.id),
        index("tokens_created_idx").on(t.createdAt).where(sql`kind = 'ticket'::text`),
      ],
    ),
    customerTickets: table(
      "customer_tickets",
      {
        workspaceId: id("workspace_id").notNull(),
        customer: id("customer").notNull(),
        ticketId: id("ticket_id").notNull(),
      },
      (t) => [
        primaryKey({ name: "customer_tickets_pkey", columns: [t.workspaceId, t.customer, t.ticketId] }),
        index("customer_tickets_ticket_idx").on(t.workspaceId, t.ticketId),
      ],
    ),
    answers: table(
      "answers",
      {
        workspaceId: id("workspace_id").notNull(),
        ticketId: id("ticket_id").notNull(),
        surveyId: id("survey_id").notNull(),
        rating: integer("rating").notNull(),
        comment: text("comment"),
        respondedAt: time("responded_at").notNull(),
        resolvedBy: id("resolved_by").notNull(),
        excluded: boolean("excluded").notNull().default(false),
        slices: text("slices").array().notNull().default(sql`'{}'::text[]`),
      },
      (t) => [
        primaryKey({ name: "answers_pkey", columns: [t.workspaceId, t.ticketId] }),
        index("answers_responded_idx").on(t.workspaceId, t.respondedAt, t.surveyId),
        index("answers_low_idx").on(t.workspaceId, t.respondedAt, t.surveyId).where(sql`rating <= 2`),
        index("answers_comment_idx").on(t.respondedAt).where(sql`comment is not null`),
        index("answers_resolver_idx").on(t.workspaceId, t.resolvedBy, t.respondedAt, t.surveyId),
      ],
    ),
    journal: table(
      "journal",
      {
        workspaceId: id("workspace_id").notNull(),
        ticketId: id("ticket_id").notNull(),
        at: time("at").notNull(),
        entryNumber: bigint("entry_number", { mode: "number" }).generatedAlwaysAsIdentity(),
        event: text("event").notNull(),
        reason: text("reason"),
        actorId: id("actor_id"),
        eligibleAt: time("eligible_at"),
        facts: json("facts"),
      },
      (t) => [
        primaryKey({ name: "journal_pkey", columns: [t.workspaceId, t.ticketId, t.at, t.entryNumber] }),
        index("journal_history_idx").on(t.workspaceId, t.at, t.entryNumber),
      ],
    ),
    dailyCounts: table(
      "daily_counts",
      {
        workspaceId: id("workspace_id").notNull(),
        part: id("part").notNull().default(""),
        day: date("day").notNull(),
        actorId: id("actor_id").notNull(),
        sent: counter("sent"),
        answered: counter("answered"),
        rating1: counter("rating_1"),
        rating2: counter("rating_2"),
        rating3: counter("rating_3"),
        rating4: counter("rating_4"),
        rating5: counter("rating_5"),
        notAsked: counter("not_asked").default(0),
      },
      (t) => [primaryKey({ name: "daily_counts_pkey", columns: [t.workspaceId, t.part, t.day, t.actorId] })],
    ),
    dailyTotals: table(
      "daily_totals",
      {
        workspaceId: id("workspace_id").notNull(),
        part: id("part").notNull().default(""),
        day: date("day").notNull(),
        sent: counter("sent"),
        answered: counter("answered"),
        rating1: counter("rating_1"),
        rating2: counter("rating_2"),
        rating3: counter("rating_3"),
        rating4: counter("rating_4"),
        rating5: counter("rating_5"),
        notAsked: counter("not_asked").default(0),
      },
      (t) => [primaryKey({ name: "daily_totals_pkey", columns: [t.workspaceId, t.part, t.day] })],
    ),
    countDeltas: table(
      "count_deltas",
      {
        workspaceId: id("workspace_id").notNull(),
        day: date("day").notNull(),
        entryNumber: bigint("entry_number", { mode: "number" }).generatedAlwaysAsIdentity(),
        actorId: id("actor_id").notNull(),
        parts: ids("parts").notNull().default(sql`'{""}'::text[]`),
        sent: counter("sent").default(0),
        answered: counter("answered").default(0),
        rating1: counter("rating_1").default(0),
        rating2: counter("rating_2").default(0),
        rating3: counter("rating_3").default(0),
        rating4: counter("rating_4").default(0),
        rating5: counter("rating_5").default(0),
        notAsked: counter("not_asked").default(0),
      },
      (t) => [primaryKey({ name: "count_deltas_pkey", columns: [t.workspaceId, t.day, t.entryNumber] })],
    ),
  };
}
