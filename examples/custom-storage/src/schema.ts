import type {
  FailReason,
  JournalEvent,
  LeaveReason,
  PageFacts,
  Rating,
  SendDelay,
  SkipReason,
  SurveyStatus,
} from "@csat/core";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

// SQLite compares text byte by byte in UTF-8, which is the order of code points that the port asks for.
const workspaceId = () => text("workspace_id").notNull();
const ticketId = () => text("ticket_id").notNull();
// Milliseconds since 1970: no time zone can get in between.
const time = (name: string) => integer(name, { mode: "timestamp_ms" });
const flag = (name: string) => integer(name, { mode: "boolean" }).notNull();

/** What admins chose. */
export const settings = sqliteTable("csat_settings", {
  workspaceId: workspaceId().primaryKey(),
  enabled: flag("enabled"),
  sendDelay: text("send_delay").$type<SendDelay>().notNull(),
  subject: text("subject"),
  bodyIntro: text("body_intro"),
});

/** What is known of a ticket, whether it ever had a survey or not. Both times are event times. */
export const tickets = sqliteTable(
  "csat_tickets",
  {
    workspaceId: workspaceId(),
    ticketId: ticketId(),
    firstResolvedAt: time("first_resolved_at"),
    firstActorId: text("first_actor_id"),
    lastLeftAt: time("last_left_at"),
    erased: flag("erased"),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.ticketId] })],
);

/** The surveys: the primary key is the promise of one per ticket. Below `resolvedBy` stands what only the storage needs. */
export const surveys = sqliteTable(
  "csat_surveys",
  {
    workspaceId: workspaceId(),
    ticketId: ticketId(),
    id: text("id").notNull(),
    status: text("status").$type<SurveyStatus>().notNull(),
    generation: integer("generation").notNull(),
    reason: text("reason").$type<SkipReason | LeaveReason | FailReason>(),
    resolvedAt: time("resolved_at").notNull(),
    dueAt: time("due_at").notNull(),
    firstDueAt: time("first_due_at").notNull(),
    attempts: integer("attempts").notNull(),
    mayHaveReached: flag("may_have_reached"),
    sentAt: time("sent_at"),
    resolvedBy: text("resolved_by"),
    /** Who claimed it last; stays after the claim, so that a sender whose survey was answered meanwhile is known. */
    leaseId: text("lease_id"),
    leaseUntil: time("lease_until"),
    /** `now` of the last claim. */
    claimedAt: time("claimed_at"),
    /** True from `beginSend` until the attempt is settled or claimed anew. */
    begun: flag("begun"),
    sendBegunAt: time("send_begun_at"),
    /** What `mayHaveReached` was before the attempt under way. */
    reachedBefore: flag("reached_before"),
    /** A later resolution that came while this one was scheduled or sending: both or neither. */
    rememberedResolvedAt: time("remembered_resolved_at"),
    rememberedDueAt: time("remembered_due_at"),
    /** The latest leaving that came while it was sending: both or neither. */
    leftAt: time("left_at"),
    leftReason: text("left_reason").$type<LeaveReason>(),
    page: text("page", { mode: "json" }).$type<PageFacts>(),
    messageId: text("message_id"),
    lastError: text("last_error"),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.ticketId] }),
    uniqueIndex("csat_surveys_id").on(table.workspaceId, table.id),
    index("csat_surveys_due").on(table.status, table.dueAt),
    index("csat_surveys_sent").on(table.workspaceId, table.sentAt),
  ],
);

/** The links of every mail that may have reached the customer, by the hash of their token. */
export const tokens = sqliteTable(
  "csat_tokens",
  { tokenHash: text("token_hash").primaryKey(), workspaceId: workspaceId(), ticketId: ticketId() },
  (table) => [index("csat_tokens_ticket").on(table.workspaceId, table.ticketId)],
);

/** The customers' answers. */
export const responses = sqliteTable(
  "csat_responses",
  {
    workspaceId: workspaceId(),
    ticketId: ticketId(),
    surveyId: text("survey_id").notNull(),
    rating: integer("rating").$type<Rating>().notNull(),
    comment: text("comment"),
    respondedAt: time("responded_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.ticketId] }),
    index("csat_responses_newest").on(table.workspaceId, table.respondedAt, table.surveyId),
  ],
);

/** One endpoint's delivery as it stands in a row: JSON has no dates. */
export interface StoredDelivery {
  readonly endpointId: string;
  readonly state: "pending" | "delivered" | "gave_up";
  readonly attempts: number;
  readonly retryAt: number | null;
  readonly lastError: string | null;
}

/** Events on their way to receivers. */
export const events = sqliteTable(
  "csat_events",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    ticketId: ticketId(),
    rating: integer("rating").$type<Rating>().notNull(),
    comment: text("comment"),
    createdAt: time("created_at").notNull(),
    deliveries: text("deliveries", { mode: "json" }).$type<readonly StoredDelivery[]>().notNull(),
    /** Its earliest pending delivery; before its endpoints are asked for, when it was raised; null once it is settled. */
    wakeAt: time("wake_at"),
    /** True while a delivery is given up. */
    dead: flag("dead"),
    leaseId: text("lease_id"),
    leaseUntil: time("lease_until"),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index("csat_events_due").on(table.wakeAt),
    index("csat_events_newest").on(table.workspaceId, table.createdAt, table.id),
    index("csat_events_ticket").on(table.workspaceId, table.ticketId),
  ],
);

/** What was decided about each ticket. `entryNumber` keeps the order of writing. */
export const journal = sqliteTable(
  "csat_journal",
  {
    entryNumber: integer("entry_number").primaryKey({ autoIncrement: true }),
    workspaceId: workspaceId(),
    ticketId: ticketId(),
    at: time("at").notNull(),
    event: text("event").$type<JournalEvent>().notNull(),
    reason: text("reason"),
    actorId: text("actor_id"),
  },
  (table) => [
    index("csat_journal_ticket").on(table.workspaceId, table.ticketId, table.at, table.entryNumber),
  ],
);
