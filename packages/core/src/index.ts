export type * from "./analytics.ts";
export type * from "./by-admins.ts";
export type * from "./by-host.ts";
export { createCsat } from "./create-csat.ts";
export * from "./csat.ts";
export {
  type CsvDelimiter,
  type CsvRow,
  csvDelimiters,
  type ResponsesCsv,
  responsesCsv,
} from "./csv/responses-csv.ts";
export type * from "./customers.ts";
export { type EndedBy, type TimedWork, withDeadline } from "./deadline.ts";
export type { DeclaredAttribute } from "./declared-attributes.ts";
export { defaultTexts, emailTexts } from "./email/default-texts.ts";
export type { EmailTexts, NamingText } from "./email/email-texts.ts";
export type { GivenEmailTexts } from "./email/given-texts.ts";
export type { Precedence } from "./email/mail-headers.ts";
export { type PlaceholderName, placeholderNames } from "./email/placeholders.ts";
export {
  errorCode,
  errorInWords,
  errorKind,
  errorName,
  errorsWithin,
  errorWords,
  fieldOf,
  foreignText,
  hasMethods,
  sqlState,
} from "./error-kind.ts";
export { CsatError, type CsatErrorCode, type CsatIssue, isCsatError } from "./errors.ts";
export type * from "./for-operators.ts";
export type * from "./health.ts";
export type * from "./in-transaction.ts";
export type * from "./mail-reports.ts";
export { isWholeDays } from "./metrics/date-window.ts";
export type * from "./metrics/metrics.ts";
export { leastRankability } from "./metrics/standings.ts";
export { type InTurn, oneAfterAnother } from "./one-after-another.ts";
export type * from "./opting-out.ts";
export type { CsatOptions } from "./options.ts";
export type * from "./own-metrics.ts";
export type { NeverAsked } from "./policy/ask/never-asked.ts";
export type { AskRule, RuleDecision, RuleFacts } from "./policy/ask/rule.ts";
export { type SuppressionReason, suppressionReasons } from "./policy/ask/suppression.ts";
export type { Retention } from "./policy/retention.ts";
export { sendDelayMs, sendDelays } from "./policy/send-delay.ts";
export type * from "./policy/simulate/policy-simulation.ts";
export { type Clock, systemClock } from "./ports/clock.ts";
export { consoleLogger, type LogFields, type Logger, safeLogger, silentLogger } from "./ports/logger.ts";
export type { InlineImage, Mail, MailConcern, Mailer, MailOutcome } from "./ports/mailer.ts";
export type { Job, JobHandler, RunningScheduler, Scheduler, WakeUp } from "./ports/scheduler.ts";
export { describeJob } from "./ports/scheduler.ts";
export type * from "./ports/store/change.ts";
export type * from "./ports/store/counts.ts";
export type * from "./ports/store/head.ts";
export type * from "./ports/store/lists.ts";
export { type Place, pageOf, placeBehind } from "./ports/store/page-of.ts";
export type * from "./ports/store/session.ts";
export {
  type Backlog,
  type CorrectedDay,
  countedUpTo,
  mostTroubles,
  type PruneRequest,
  type Store,
  type Trouble,
} from "./ports/store/store.ts";
export type * from "./ports/telemetry.ts";
export type { TicketSnapshot, TicketSource } from "./ports/ticket-source.ts";
export type {
  CsatExcluded,
  CsatReceived,
  CsatRestored,
  Delivery,
  DeliveryResult,
  EventFacts,
  OutboxEvent,
  WebhookEndpoint,
  WebhookTransport,
} from "./ports/webhook-transport.ts";
export type * from "./simulation.ts";
export {
  addCounts,
  type CountedTicket,
  type CountRow,
  correctedDays,
  countsOfTicket,
  metricsCounts,
  missingCounts,
  ofCountRow,
  partCounts,
  toCountRow,
  utcDay,
} from "./survey/add-counts.ts";
export type { Attributes } from "./survey/attributes.ts";
export { cutText, isBlank } from "./survey/clean-text.ts";
export { beyondPrefix, compareText } from "./survey/compare-text.ts";
export { type Direction, directionOfLocale } from "./survey/direction.ts";
export { singleAddress } from "./survey/email-address.ts";
export { type EntryRow, ofEntryRow, toEntryRow } from "./survey/entry-row.ts";
export { type Exclusion, type ExclusionReason, exclusionReasons } from "./survey/exclusion-reason.ts";
export { type JournalWords, journalEvents, journalReasons, journalWords } from "./survey/journal-words.ts";
export type { MailLinks } from "./survey/links.ts";
export { acceptedLocales, lookUpLocale, maxLocaleLength, readLocale, shorterTags } from "./survey/locale.ts";
export { type Rating, ratings, type SurveyResponse } from "./survey/response.ts";
export { defaultSettings, type SendDelay, type WorkspaceSettings } from "./survey/settings.ts";
export { sha256Base64 } from "./survey/sha256.ts";
export type {
  DateWindow,
  FailReason,
  JournalEntry,
  JournalEvent,
  JournalReason,
  LeaveReason,
  PageFacts,
  SkipReason,
  SurveyStatus,
  TicketRef,
} from "./survey/survey.ts";
export { type Theme, usableTheme } from "./survey/theme.ts";
export { parseToken } from "./survey/token.ts";
