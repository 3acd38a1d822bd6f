import type { MetricsCounts, MetricsQuery, PartCounts, PartsQuery } from "./counts.ts";
import type { HeadKind } from "./head.ts";
import type { Lists } from "./lists.ts";
import type { Session } from "./session.ts";

/**
 * A database as the core sees it: records that it reads, writes if nobody else has, leases and lists, and counts that it
 * adds up. It knows no status, no rule and no reason.
 * @typeParam Tx the transaction handle of the host's own database code; `never` where there is none.
 */
export interface Store<Tx = never> {
  /** Each call is atomic by itself. */
  readonly auto: Session;
  /**
   * Runs `work` in a READ COMMITTED transaction of our own: commits when it resolves, rolls back when it rejects. Run
   * again, three times at most, when the database made it the victim of a deadlock or a serialization failure. Not nested.
   */
  own<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /**
   * The caller's transaction, which the caller ends. Never repeats, never sets a level.
   * @throws CsatError `invalid_input` for what is no open transaction
   */
  within(tx: Tx): Session;
  readonly lists: Lists;
  /** Exact at every read: what was written before is counted. */
  counts(query: MetricsQuery): Promise<MetricsCounts>;
  /** The same of parts: a row for each part and day, by part (code points) and day. Rows of nothing are left out. */
  parts(query: PartsQuery): Promise<readonly PartCounts[]>;
  /**
   * Rebuilds a workspace's counts from its rows; returns the days that were off (none, when all is well). Of the whole
   * alone: counts of parts, and `notAsked`, are told by no row, and stay as they are.
   */
  recount(workspaceId: string): Promise<readonly CorrectedDay[]>;
  /** What waits and what was given up, at `now`. Counting stops at `countedUpTo`: it costs the same with a million. */
  backlog(now: Date): Promise<Backlog>;
  /** Folds counts and prunes what nobody needs, in short statements. Safe anywhere, any time, twice. */
  keepHouse(now: Date, signal: AbortSignal): Promise<void>;
  /** Takes away what is older, at most `limit` rows (1,000) of each kind, in short statements that hold up no writer. Safe anywhere, any time, twice. */
  prune(ask: PruneRequest): Promise<{ readonly isMoreLeft: boolean }>;
}

/** What is taken away: all that is older than its moment; null keeps it. Ratings, counts and records of tickets stay. */
export interface PruneRequest {
  /** Comments of answers by `respondedAt`: the answers stay, without one. */
  readonly comments: Date | null;
  /** Lines of the journal, by `at`. */
  readonly journal: Date | null;
  /** Events by `createdAt`, of which nothing is due any more. */
  readonly events: Date | null;
  /** Links of tickets, by when they were written; those of customers stay. */
  readonly tokens: Date | null;
  readonly limit: number;
}

/** A day whose counts were off: sends and responses together, as counted and as they are. */
export interface CorrectedDay {
  readonly day: string;
  readonly was: number;
  readonly is: number;
}

/** Most rows that a backlog counts. */
export const countedUpTo = 10_000;

/** Most troubles of one kind that a backlog lists. */
export const mostTroubles = 100;

/** For readiness checks and alerts. A count of 10,000 means: that many or more. */
export interface Backlog {
  readonly dueSurveys: number;
  /** When the oldest of what is due was to go out at first; null when nothing is due. */
  readonly oldestDueAt: Date | null;
  readonly expiredLeases: number;
  readonly failedSurveys: number;
  readonly dueEvents: number;
  readonly deadEvents: number;
  /** When the oldest survey that waits was to go out at first, put off, leased or not; null when none is late. */
  readonly waitingSince: Date | null;
  /** The same of events. */
  readonly eventsWaitingSince: Date | null;
  /** What waits and was tried in vain: `reason` is its `failing`, `since` its earliest `firstDueAt`. */
  readonly failing: readonly Trouble[];
  /** What was given up, by its `reason`; `since` is the earliest `failedAt`. */
  readonly givenUp: readonly Trouble[];
}

/** Work of one kind and workspace that has the same trouble. Listed once, by workspace and reason, 100 at most of a kind. */
export interface Trouble {
  readonly kind: HeadKind;
  readonly workspaceId: string;
  readonly reason: string;
  readonly since: Date;
}
