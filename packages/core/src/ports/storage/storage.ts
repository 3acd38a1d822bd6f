import type { JournalStore } from "./journal.ts";
import type { MetricsReader } from "./metrics.ts";
import type { OutboxStore } from "./outbox.ts";
import type { ResolutionStore } from "./resolutions.ts";
import type { ResponseStore } from "./responses.ts";
import type { SettingsStore } from "./settings.ts";
import type { SurveyStore } from "./surveys.ts";

/**
 * Everything the core asks of a database, in seven groups; the same seven words name the files of every storage
 * package and of its conformance cases.
 *
 * Every method is atomic. Hot methods take arrays, and the statements they issue do not grow with the array (the core
 * passes 1,000 rows at most, validated, without duplicates, sorted by workspaceId and ticketId in code-point order);
 * rows are locked in that order. Conflicts are return values: an error would abort a Postgres transaction, and that
 * one may be the host's.
 */
export interface StorageOperations {
  readonly settings: SettingsStore;
  readonly resolutions: ResolutionStore;
  readonly surveys: SurveyStore;
  readonly responses: ResponseStore;
  readonly outbox: OutboxStore;
  readonly journal: JournalStore;
  readonly metrics: MetricsReader;
}

/**
 * A database as the core sees it.
 * @typeParam Tx the transaction handle of the host's own database code; `never` where there is none.
 */
export interface Storage<Tx = never> extends StorageOperations {
  /** Runs `work` in a READ COMMITTED transaction: commits when it resolves, rolls back when it rejects. Not nested. */
  transaction<Result>(work: (operations: StorageOperations) => Promise<Result>): Promise<Result>;
  /** The same operations, reads included, in a transaction that the caller opened and will end. */
  within(tx: Tx): StorageOperations;
  /** Housekeeping of the sweep: folds counts, prunes what is settled and old. Safe anywhere, any time, twice. */
  maintain(now: Date, signal: AbortSignal): Promise<void>;
  /** Rebuilds a workspace's counts from its rows and returns the days that were off (none, when all is well). */
  recount(
    workspaceId: string,
  ): Promise<readonly { readonly day: string; readonly was: number; readonly is: number }[]>;
  /** What waits and what was given up, at `now`. */
  backlog(now: Date): Promise<Backlog>;
}

/** For readiness checks and alerts. */
export interface Backlog {
  readonly dueSurveys: number;
  /** Null when nothing is due. */
  readonly oldestDueAt: Date | null;
  readonly expiredLeases: number;
  readonly failedSurveys: number;
  readonly dueEvents: number;
  readonly deadEvents: number;
}
