import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  date,
  datetime,
  index,
  int,
  mysqlTable,
  primaryKey,
  tinyint,
  varchar,
} from "drizzle-orm/mysql-core";
import { checkedTablePrefix, defaultTablePrefix, idType, longTextType, type Server } from "./naming.ts";

/** For which server, and what the names of the tables begin with: `csat_` by default. */
export interface SchemaOptions {
  readonly server: Server;
  readonly tablePrefix?: string;
}

const time = (name: string) => datetime(name, { mode: "string", fsp: 3 });
const longText = customType<{ data: string }>({ dataType: () => longTextType });
const counter = (name: string) => int(name).notNull();
const figures = () => ({
  sent: counter("sent"),
  answered: counter("answered"),
  rating1: counter("rating_1"),
  rating2: counter("rating_2"),
  rating3: counter("rating_3"),
  rating4: counter("rating_4"),
  rating5: counter("rating_5"),
  notAsked: counter("not_asked").default(0),
});

/**
 * Our tables as a drizzle schema, for hosts whose own migrations create them. The same tables as `migrate` makes, but for
 * their comment.
 * @throws CsatError `invalid_config`
 */
export function csatSchema({ server, tablePrefix }: SchemaOptions) {
  const prefix = checkedTablePrefix(tablePrefix ?? defaultTablePrefix);
  const named = <Name extends string>(name: Name) => `${prefix}${name}`;
  const id = customType<{ data: string }>({ dataType: () => idType(server) });
  const part = customType<{ data: string }>({ dataType: () => idType(server, 300) });
  const partOf = () => part("part").notNull().default("");
  const record = () => ({
    workspaceId: id("workspace_id").notNull(),
    id: id("id").notNull(),
    version: int("version").notNull(),
    state: longText("state"),
  });
  const dueTable = (name: string) =>
    mysqlTable(
      named(name),
      {
        workspaceId: id("workspace_id").notNull(),
        id: id("id").notNull(),
        wakeAt: time("wake_at"),
        firstDueAt: time("first_due_at"),
        ready: tinyint("ready").default(0),
        leaseId: id("lease_id"),
        leaseUntil: time("lease_until"),
        failedAt: time("failed_at"),
        reason: id("reason"),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.id] }),
        index(`${name}_wake_idx`).on(t.ready, t.wakeAt),
        index(`${name}_ready_idx`).on(t.ready, t.workspaceId, t.wakeAt, t.id),
        index(`${name}_first_idx`).on(t.firstDueAt),
        index(`${name}_failed_idx`).on(t.workspaceId, t.failedAt, t.id),
        index(`${name}_failing_idx`).on(t.reason, t.workspaceId, t.firstDueAt),
        index(`${name}_given_up_idx`).on(t.reason, t.workspaceId, t.failedAt),
      ],
    );
  return {
    tickets: mysqlTable(
      named("tickets"),
      { ...record(), sentAt: time("sent_at"), resolvedBy: id("resolved_by") },
      (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
    ),
    customers: mysqlTable(named("customers"), { ...record(), suppressedAt: time("suppressed_at") }, (t) => [
      primaryKey({ columns: [t.workspaceId, t.id] }),
      index("customers_suppressed_idx").on(t.workspaceId, t.suppressedAt, t.id),
    ]),
    workspaces: mysqlTable(named("workspaces"), record(), (t) => [
      primaryKey({ columns: [t.workspaceId, t.id] }),
    ]),
    events: mysqlTable(
      named("events"),
      {
        ...record(),
        createdAt: time("created_at").notNull(),
        ticketId: id("ticket_id").notNull(),
        dead: tinyint("dead").notNull().default(0),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.id] }),
        index("events_created_idx").on(t.workspaceId, t.createdAt, t.id),
        index("events_dead_idx").on(t.workspaceId, t.dead, t.createdAt, t.id),
        index("events_ticket_idx").on(t.workspaceId, t.ticketId),
        index("events_age_idx").on(t.createdAt),
      ],
    ),
    dueTickets: dueTable("due_tickets"),
    dueEvents: dueTable("due_events"),
    tokens: mysqlTable(
      named("tokens"),
      {
        hash: id("hash").notNull(),
        kind: varchar("kind", { length: 20 }).notNull(),
        workspaceId: id("workspace_id").notNull(),
        id: id("id").notNull(),
        createdAt: time("created_at").notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.hash] }),
        index("tokens_record_idx").on(t.workspaceId, t.id),
        index("tokens_age_idx").on(t.kind, t.createdAt),
      ],
    ),
    customerTickets: mysqlTable(
      named("customer_tickets"),
      {
        workspaceId: id("workspace_id").notNull(),
        customer: id("customer").notNull(),
        ticketId: id("ticket_id").notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.customer, t.ticketId] }),
        index("customer_tickets_ticket_idx").on(t.workspaceId, t.ticketId),
      ],
    ),
    answers: mysqlTable(
      named("answers"),
      {
        workspaceId: id("workspace_id").notNull(),
        ticketId: id("ticket_id").notNull(),
        surveyId: id("survey_id").notNull(),
        rating: tinyint("rating").notNull(),
        comment: longText("comment"),
        respondedAt: time("responded_at").notNull(),
        resolvedBy: id("resolved_by").notNull(),
        isLow: tinyint("is_low").generatedAlwaysAs(sql`rating <= 2`, { mode: "stored" }),
        excluded: tinyint("excluded").notNull().default(0),
        slices: longText("slices"),
        hasComment: tinyint("has_comment").generatedAlwaysAs(sql`comment is not null`, { mode: "stored" }),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.ticketId] }),
        index("answers_responded_idx").on(t.workspaceId, t.respondedAt, t.surveyId),
        index("answers_low_idx").on(t.workspaceId, t.isLow, t.respondedAt, t.surveyId),
        index("answers_resolver_idx").on(t.workspaceId, t.resolvedBy, t.respondedAt, t.surveyId),
        index("answers_comments_idx").on(t.hasComment, t.respondedAt),
      ],
    ),
    journal: mysqlTable(
      named("journal"),
      {
        workspaceId: id("workspace_id").notNull(),
        ticketId: id("ticket_id").notNull(),
        at: time("at").notNull(),
        entryNumber: bigint("entry_number", { mode: "number" }).notNull().autoincrement(),
        event: varchar("event", { length: 60 }).notNull(),
        reason: longText("reason"),
        actorId: id("actor_id"),
        eligibleAt: time("eligible_at"),
        facts: longText("facts"),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.ticketId, t.at, t.entryNumber] }),
        index("journal_entry_idx").on(t.entryNumber),
        index("journal_history_idx").on(t.workspaceId, t.at, t.entryNumber),
        index("journal_age_idx").on(t.at),
      ],
    ),
    dailyCounts: mysqlTable(
      named("daily_counts"),
      {
        workspaceId: id("workspace_id").notNull(),
        part: partOf(),
        day: date("day", { mode: "string" }).notNull(),
        actorId: id("actor_id").notNull(),
        ...figures(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.part, t.day, t.actorId] })],
    ),
    dailyTotals: mysqlTable(
      named("daily_totals"),
      {
        workspaceId: id("workspace_id").notNull(),
        part: partOf(),
        day: date("day", { mode: "string" }).notNull(),
        ...figures(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.part, t.day] })],
    ),
    countDeltas: mysqlTable(
      named("count_deltas"),
      {
        workspaceId: id("workspace_id").notNull(),
        day: date("day", { mode: "string" }).notNull(),
        entryNumber: bigint("entry_number", { mode: "number" }).notNull().autoincrement(),
        actorId: id("actor_id").notNull(),
        part: partOf(),
        ...figures(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.day, t.entryNumber] }),
        index("count_deltas_entry_idx").on(t.entryNumber),
      ],
    ),
  };
}
