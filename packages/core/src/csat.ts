import type { Analytics } from "./analytics.ts";
import type { ByAdmins } from "./by-admins.ts";
import type { AnswerElsewhere, AnswerOutcome, LinksOutcome, LinksRequest } from "./by-host.ts";
import type { Customers } from "./customers.ts";
import type { CsatError } from "./errors.ts";
import type { ExplainedEntry, PreviewedEmail, TicketPanel } from "./for-operators.ts";
import type { Health } from "./health.ts";
import type { Actor, ByHand, InTransaction } from "./in-transaction.ts";
import type { OptingOut } from "./opting-out.ts";
import type { OwnAnswers } from "./own-metrics.ts";
import type { Page } from "./ports/store/lists.ts";
import type { CorrectedDay } from "./ports/store/store.ts";
import type { OutboxEvent } from "./ports/webhook-transport.ts";
import type { DryRun } from "./simulation.ts";
import type { Rating, SurveyResponse } from "./survey/response.ts";
import type { WorkspaceSettings } from "./survey/settings.ts";
import type { FailReason, LeaveReason, SkipReason, TicketRef } from "./survey/survey.ts";
import type { Theme } from "./survey/theme.ts";

/** The library, wired. Made by `createCsat`; every method may be called concurrently and from several processes. */
export interface Csat<Tx = never>
  extends ByAdmins<Tx>,
    DryRun,
    OptingOut,
    Customers<Tx>,
    Analytics,
    OwnAnswers {
  /** Where the public page is mounted: absolute, without a trailing slash. */
  readonly publicUrl: string;
  /** Most code points that a comment may have. */
  readonly maxCommentLength: number;

  // Ticket events, from the host.

  /**
   * Call when somebody or something resolves a ticket, also while surveys are off; never for auto-close. Late and
   * repeated events are harmless. Never fails because of mail, queue or webhooks.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  ticketResolved(event: TicketResolved, options?: InTransaction<Tx>): Promise<ResolveOutcome>;
  /** Many at once, in a few statements per 1,000. Answers per event, in order; a bad one is `rejected` and the rest go on. @throws CsatError `storage_failed` */
  ticketsResolved(
    events: readonly TicketResolved[],
    options?: InTransaction<Tx>,
  ): Promise<readonly (ResolveOutcome | Rejected)[]>;
  /** Call when a ticket is reopened, closed (by hand or automatically) or merged: cancels its pending survey. @throws CsatError `invalid_input`, `storage_failed` */
  ticketLeft(event: TicketLeft, options?: InTransaction<Tx>): Promise<LeaveOutcome>;
  /** Many at once, as `ticketsResolved`. @throws CsatError `storage_failed` */
  ticketsLeft(
    events: readonly TicketLeft[],
    options?: InTransaction<Tx>,
  ): Promise<readonly (LeaveOutcome | Rejected)[]>;
  /** Wakes the worker after the commit of a call made with `{ tx }`. Optional: without it the sweep finds the work, `sweepEveryMs` late at most. Never rejects. */
  afterCommit(
    outcomes: ResolveOutcome | LeaveOutcome | readonly (ResolveOutcome | LeaveOutcome | Rejected)[],
  ): Promise<void>;

  /**
   * Nobody is asked about these tickets, whatever resolves them, until `letIn`: what is pending is canceled, and
   * `too_late` says that a send began before. Answers per ticket, in order. Every operator may.
   * @throws CsatError `invalid_input`, when nothing is changed; `storage_failed`
   */
  leaveOut(refs: readonly TicketRef[], by: ByHand<Tx>): Promise<readonly LeaveOutOutcome[]>;
  /** Takes that back. Schedules nothing by itself: the next resolution does. @throws CsatError `invalid_input`, `storage_failed` */
  letIn(refs: readonly TicketRef[], by: ByHand<Tx>): Promise<void>;

  // Questions and answers in messages of the host's own.

  /**
   * Five links for a message that the host sends itself. Decides as before a mail, on the ticket as given: nobody is
   * asked, so it answers within a transaction that holds the last connection. Only the address is none of its business. A
   * yes takes the question as sent now; what was pending is over. Called again until the answer comes it gives other links, which all work. A no is
   * an answer, with its reason.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  issueLinks(request: LinksRequest, options?: InTransaction<Tx>): Promise<LinksOutcome>;
  /**
   * Records an answer that the host took itself: a number in a chat, a word on the phone. Of concurrent answers, links
   * included, exactly one is recorded, together with its event; the others are `duplicate`.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  recordAnswer(answer: AnswerElsewhere, options?: InTransaction<Tx>): Promise<AnswerOutcome>;

  // Background work.

  /** Starts sending surveys and delivering events in this process, `concurrency` (default 10) at once. */
  startWorker(options?: { readonly concurrency?: number }): Promise<CsatWorker>;
  /** Does everything that is due now, once, at most `limit` surveys and as many events. For cron, serverless hosts and tests. */
  runDue(options?: { readonly limit?: number; readonly signal?: AbortSignal }): Promise<RunReport>;
  /** What waits, since when, what it fails at, and what was given up. For alerts. @throws CsatError `storage_failed` */
  health(): Promise<Health>;
  /**
   * Sends again what was given up in a workspace whose mail works again, and returns how many: never what may have
   * reached anybody, and refused addresses only when `reasons` names them. What is older than `maxLatenessMs` expires.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  retryFailed(
    workspaceId: string,
    which?: { readonly since?: Date; readonly reasons?: readonly FailReason[] },
  ): Promise<number>;

  // The customer, through the link of a mail.

  /** What the public page shows. Writes nothing; asks the host for the theme alone. @throws CsatError `survey_not_found` */
  openSurvey(token: string): Promise<PublicSurvey>;
  /**
   * Records the answer together with its event. Under concurrent calls exactly one wins.
   * @throws CsatError `survey_not_found`, `invalid_input`, `already_responded`, `survey_expired`, checked in this order
   */
  submitResponse(answer: Answer): Promise<SurveyResponse>;

  // Operators and admins.

  /** What the ticket's page shows about its survey. */
  getTicketPanel(ref: TicketRef): Promise<TicketPanel>;
  /** Why this ticket was, was not or is not yet surveyed: every decision, oldest first. */
  explain(ref: TicketRef): Promise<readonly ExplainedEntry[]>;
  /**
   * Names of operators by id, from one call of the host's `getOperators`; whom it does not name is left out. Empty when
   * it fails or takes two seconds, which is logged.
   */
  nameOperators(workspaceId: string, operatorIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What stands; the defaults when nothing was saved. */
  getSettings(workspaceId: string): Promise<WorkspaceSettings>;
  /** Changes the named fields. @throws CsatError `invalid_input`, which names an unknown placeholder and lists the known ones */
  updateSettings(
    workspaceId: string,
    change: Partial<WorkspaceSettings>,
    by?: Actor,
  ): Promise<WorkspaceSettings>;
  /** The mail as a customer would get it, from sample values, the saved settings and `change` over them. @throws CsatError `invalid_input` */
  previewEmail(workspaceId: string, change?: Partial<WorkspaceSettings>): Promise<PreviewedEmail>;
  /** Rebuilds a workspace's counts from its rows; says which days were off. @throws CsatError `invalid_input`, `storage_failed` */
  recount(workspaceId: string): Promise<readonly CorrectedDay[]>;
  /** Events of the workspace, newest first, 50 a page (`limit` up to 200); `dead` keeps those with a delivery given up. */
  listEvents(
    workspaceId: string,
    query?: { readonly dead?: boolean; readonly cursor?: string; readonly limit?: number },
  ): Promise<Page<OutboxEvent>>;
  /**
   * Delivers an event again, under the same id, at the endpoints that gave up, and with `delivered` also at those that
   * took it. False when there is none of them. An endpoint that the host took off its list meanwhile is forgotten.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  replayEvent(workspaceId: string, eventId: string, choice?: ReplayChoice, by?: Actor): Promise<boolean>;
  /**
   * The same for every event that was created in [`from`, `until`), newest first; answers how many there were. Reads
   * backwards from now in pages of 200. Broken off and called again it replays from the beginning.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  replayEvents(
    workspaceId: string,
    which: ReplayChoice & { readonly from: Date; readonly until: Date },
    by?: Actor,
  ): Promise<number>;
  /** Sends one signed `csat.test` event to each endpoint, now, without retries; says how each answered. */
  sendTestEvent(
    workspaceId: string,
  ): Promise<readonly { readonly endpointId: string; readonly ok: boolean; readonly error: string | null }[]>;
  /** Erases what is stored about tickets, for ever; a tombstone without personal data keeps them from being surveyed again. @throws CsatError `invalid_input` */
  eraseTickets(refs: readonly TicketRef[], options?: InTransaction<Tx>): Promise<void>;
}

/** Which deliveries of an event a replay makes due again: those that were given up, of every endpoint, unless told more. */
export interface ReplayChoice {
  /** Those that were taken, too: for a receiver that lost what it had. It sees the same event id as the first time. */
  readonly delivered?: boolean;
  /** Of this endpoint alone. */
  readonly endpointId?: string;
}

/** A ticket moved to resolved. */
export interface TicketResolved extends TicketRef {
  /** Who resolved it; null for an automation. 1–200 characters. */
  readonly actorId: string | null;
  /** When it happened, not when it is told; at most five minutes in the future. */
  readonly resolvedAt: Date;
  /** False: nobody is asked after this resolution (`left_out`); others count as ever. */
  readonly ask?: boolean;
}

/** A ticket moved away from resolved. */
export interface TicketLeft extends TicketRef {
  /** When it happened; at most five minutes in the future. */
  readonly at: Date;
  readonly reason: LeaveReason;
}

/** `already_scheduled`: an earlier event counts already. `left_since`: the ticket was left at that time or later. */
export type ResolveOutcome = TicketRef &
  (
    | {
        readonly kind: "scheduled";
        readonly surveyId: string;
        readonly generation: number;
        readonly dueAt: Date;
      }
    | {
        readonly kind: "not_surveyed";
        readonly reason: SkipReason | "already_scheduled" | "left_since";
      }
  );

/** `too_late`: the send is under way or done. `rearmed` stands where a later resolution was known already. */
export type LeaveOutcome = TicketRef &
  (
    | {
        readonly kind: "canceled";
        readonly surveyId: string;
        readonly generation: number;
        readonly rearmed?: { readonly generation: number; readonly dueAt: Date };
      }
    | { readonly kind: "too_late" | "nothing_pending" }
  );

/** `canceled`: a survey was waiting. `too_late`: a send is under way or done; no other will follow it. */
export type LeaveOutOutcome = TicketRef &
  ({ readonly kind: "left_out"; readonly canceled: boolean } | { readonly kind: "too_late" });

/** An event of a batch that failed its schema; ids that are no strings are empty here. */
export type Rejected = TicketRef & { readonly kind: "rejected"; readonly error: CsatError };

/** A running worker. */
export interface CsatWorker {
  /** Takes nothing new, lets running sends finish for up to `timeoutMs` (default 10,000), then aborts them. */
  stop(options?: { readonly timeoutMs?: number }): Promise<void>;
}

/** What one `runDue` did: surveys mailed, skipped, failed (retries included), and deliveries that succeeded. */
export interface RunReport {
  readonly sent: number;
  readonly skipped: number;
  readonly failed: number;
  readonly delivered: number;
}

/** The public page's state: `open` takes an answer, `expired` takes none any more. */
export type PublicSurvey = {
  readonly workspaceName: string;
  readonly locale: string | null;
  readonly theme: Theme | null;
} & (
  | { readonly state: "open"; readonly ticketSubject: string }
  | { readonly state: "answered"; readonly respondedAt: Date }
  | { readonly state: "expired"; readonly expiredAt: Date }
);

/** What a customer submits. A comment of white space alone counts as none. */
export interface Answer {
  readonly token: string;
  readonly rating: Rating;
  readonly comment?: string | null;
}
