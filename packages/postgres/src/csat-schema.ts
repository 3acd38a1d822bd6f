import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";

/** Text compared by code points, whatever the database's locale. */
const id = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
/** What happened on a day, of one resolver. */
const counter = (name: string) => integer(name).notNull();
const time = (name: string) => timestamp(name, { withTimezone: true });

/**
 * Our tables as a drizzle schema, for hosts whose own migrations create them. The same tables as `migrate` makes, but
 * for what drizzle does not know: the triggers that count, which `printCountingTriggers` prints and without which there
 * are no figures, and storage parameters (`fillfactor`, autovacuum), which `printMigrations` shows.
 * @throws CsatError `invalid_config`
 */
export function csatSchema(schemaName: string = defaultSchemaName) {
  const schema = pgSchema(checkedSchemaName(schemaName));
  const table = schema.table;
  return {
    schema,
    tickets: table(
      "tickets",
      {
        workspaceId: id("workspace_id").notNull(),
        ticketId: id("ticket_id").notNull(),
        firstResolvedAt: time("first_resolved_at"),
        firstActorId: id("first_actor_id"),
        leftAt: time("left_at"),
        leftReason: text("left_reason"),
        erased: boolean("erased").notNull().default(false),
      },
      (t) => [primaryKey({ name: "tickets_pkey", columns: [t.workspaceId, t.ticketId] })],
    ),
    surveys: table(
      "surveys",
      {
        workspaceId: id("workspace_id").notNull(),
        id: id("id").notNull(),
        ticketId: id("ticket_id").notNull(),
        status: text("status").notNull(),
        generation: integer("generation").notNull(),
        reason: text("reason"),
        resolvedAt: time("resolved_at").notNull(),
        dueAt: time("due_at").notNull(),
        firstDueAt: time("first_due_at").notNull(),
        attempts: integer("attempts").notNull().default(0),
        mayHaveReached: boolean("may_have_reached").notNull().default(false),
        reachedBefore: boolean("reached_before").notNull().default(false),
        begun: boolean("begun").notNull().default(false),
        claimedAt: time("claimed_at"),
        sendBegunAt: time("send_begun_at"),
        sentAt: time("sent_at"),
        resolvedBy: id("resolved_by"),
        lastLeaseId: text("last_lease_id"),
        pendingResolvedAt: time("pending_resolved_at"),
        pendingDueAt: time("pending_due_at"),
        leftAt: time("left_at"),
        leftReason: text("left_reason"),
        pageWorkspaceName: text("page_workspace_name"),
        pageTicketSubject: text("page_ticket_subject"),
        pageLocale: text("page_locale"),
        messageId: text("message_id"),
        lastError: text("last_error"),
      },
      (t) => [
        primaryKey({ name: "surveys_pkey", columns: [t.workspaceId, t.id] }),
        unique("surveys_ticket_key").on(t.workspaceId, t.ticketId),
        index("surveys_sent_idx").on(t.workspaceId, t.sentAt).where(sql`sent_at is not null`),
      ],
    ),
    dueSurveys: table(
      "due_surveys",
      {
        workspaceId: id("workspace_id").notNull(),
        surveyId: id("survey_id").notNull(),
        wakeAt: time("wake_at").notNull(),
        leaseId: text("lease_id"),
        leaseUntil: time("lease_until"),
      },
      (t) => [
        primaryKey({ name: "due_surveys_pkey", columns: [t.workspaceId, t.surveyId] }),
        index("due_surveys_wake_idx").on(t.workspaceId, t.wakeAt, t.surveyId),
      ],
    ),
    tokens: table(
      "tokens",
      {
        tokenHash: id("token_hash").notNull(),
        workspaceId: id("workspace_id").notNull(),
        surveyId: id("survey_id").notNull(),
      },
      (t) => [
        primaryKey({ name: "tokens_pkey", columns: [t.tokenHash, t.workspaceId] }),
        index("tokens_survey_idx").on(t.workspaceId, t.surveyId),
      ],
    ),
    responses: table(
      "responses",
      {
        workspaceId: id("workspace_id").notNull(),
        surveyId: id("survey_id").notNull(),
        ticketId: id("ticket_id").notNull(),
        rating: integer("rating").notNull(),
        comment: text("comment"),
        respondedAt: time("responded_at").notNull(),
        resolvedBy: id("resolved_by"),
      },
      (t) => [
        primaryKey({ name: "responses_pkey", columns: [t.workspaceId, t.surveyId] }),
        index("responses_responded_idx").on(t.workspaceId, t.respondedAt, t.surveyId),
        index("responses_low_idx").on(t.workspaceId, t.respondedAt, t.surveyId).where(sql`rating <= 2`),
        index("responses_resolver_idx").on(t.workspaceId, t.resolvedBy, t.respondedAt, t.surveyId),
      ],
    ),
    events: table(
      "events",
      {
        workspaceId: id("workspace_id").notNull(),
        id: id("id").notNull(),
        surveyId: id("survey_id").notNull(),
        type: text("type").notNull(),
        createdAt: time("created_at").notNull(),
        data: jsonb("data").notNull(),
        deliveries: jsonb("deliveries").notNull().default([]),
        dead: boolean("dead").notNull().default(false),
      },
      (t) => [
        primaryKey({ name: "events_pkey", columns: [t.workspaceId, t.id] }),
        index("events_created_idx").on(t.workspaceId, t.createdAt, t.id),
        index("events_dead_idx").on(t.workspaceId, t.createdAt, t.id).where(sql`dead`),
        index("events_survey_idx").on(t.workspaceId, t.surveyId),
      ],
    ),
    dueEvents: table(
      "due_events",
      {
        workspaceId: id("workspace_id").notNull(),
        eventId: id("event_id").notNull(),
        wakeAt: time("wake_at").notNull(),
        createdAt: time("created_at").notNull(),
        leaseId: text("lease_id"),
        leaseUntil: time("lease_until"),
      },
      (t) => [
        primaryKey({ name: "due_events_pkey", columns: [t.workspaceId, t.eventId] }),
        index("due_events_wake_idx").on(t.workspaceId, t.wakeAt, t.createdAt, t.eventId),
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
      },
      (t) => [
        primaryKey({ name: "journal_pkey", columns: [t.workspaceId, t.ticketId, t.at, t.entryNumber] }),
      ],
    ),
    settings: table(
      "settings",
      {
        workspaceId: id("workspace_id").notNull(),
        enabled: boolean("enabled").notNull(),
        sendDelay: text("send_delay").notNull(),
        subject: text("subject"),
        bodyIntro: text("body_intro"),
      },
      (t) => [primaryKey({ name: "settings_pkey", columns: [t.workspaceId] })],
    ),
    dailyCounts: table(
      "daily_counts",
      {
        workspaceId: id("workspace_id").notNull(),
        day: date("day").notNull(),
        actorId: id("actor_id").notNull(),
        sent: counter("sent"),
        answered: counter("answered"),
        rating1: counter("rating_1"),
        rating2: counter("rating_2"),
        rating3: counter("rating_3"),
        rating4: counter("rating_4"),
        rating5: counter("rating_5"),
      },
      (t) => [primaryKey({ name: "daily_counts_pkey", columns: [t.workspaceId, t.day, t.actorId] })],
    ),
    dailyTotals: table(
      "daily_totals",
      {
        workspaceId: id("workspace_id").notNull(),
        day: date("day").notNull(),
        sent: counter("sent"),
        answered: counter("answered"),
        rating1: counter("rating_1"),
        rating2: counter("rating_2"),
        rating3: counter("rating_3"),
        rating4: counter("rating_4"),
        rating5: counter("rating_5"),
      },
      (t) => [primaryKey({ name: "daily_totals_pkey", columns: [t.workspaceId, t.day] })],
    ),
    countDeltas: table(
      "count_deltas",
      {
        workspaceId: id("workspace_id").notNull(),
        day: date("day").notNull(),
        entryNumber: bigint("entry_number", { mode: "number" }).generatedAlwaysAsIdentity(),
        actorId: id("actor_id").notNull(),
        sent: counter("sent").default(0),
        answered: counter("answered").default(0),
        rating1: counter("rating_1").default(0),
        rating2: counter("rating_2").default(0),
        rating3: counter("rating_3").default(0),
        rating4: counter("rating_4").default(0),
        rating5: counter("rating_5").default(0),
      },
      (t) => [primaryKey({ name: "count_deltas_pkey", columns: [t.workspaceId, t.day, t.entryNumber] })],
    ),
  };
}
