import type { Csat, Logger, Mailer } from "@csat/core";

/**
 * What `csat.config.ts` exports by default, when it is more than the csat instance. All but `csat` may be left out; a
 * command that needs what is missing says so, and `doctor` reports it as not checked.
 */
export interface CsatConfig {
  /** The instance, wired as in your processes. */
  readonly csat: Csat;
  /** For `migrate`, and for the schema and the clock in `doctor`. */
  readonly database?: DatabaseAccess;
  /** The mailer that `csat` was given, for `send-test`. */
  readonly mailer?: Mailer;
  /** What else `doctor` asks, by name. `redis` and `smtp` have remedies of their own. */
  readonly checks?: {
    readonly redis?: Check;
    readonly smtp?: Check;
    readonly [name: string]: Check | undefined;
  };
  /** Lets go of connections; called once, at the end of every command. */
  readonly close?: () => unknown;
}

/** What only the storage's package can do with the database. */
export interface DatabaseAccess {
  /** Creates or updates the tables, e.g. `(options) => migrate(db, options)` of `@csat/postgres`. Steps go to the logger. */
  readonly migrate?: (options: { readonly logger: Logger }) => Promise<unknown>;
  /** E.g. `() => inspectDatabase(db)` of `@csat/postgres`. Rejects when the database cannot be reached. */
  readonly inspect?: () => Promise<DatabaseState>;
}

/** What a database says of itself. */
export interface DatabaseState {
  /** Its own clock. */
  readonly now: Date;
  /** Number of the last migration that is done; 0 when none is, null when the tables have no number. */
  readonly schemaVersion: number | null;
  /** Number of the newest migration that the installed release knows. */
  readonly expectedSchemaVersion: number;
}

/** Resolves when all is well and rejects when not. Must change nothing: `doctor` may run at any time. */
export type Check = () => Promise<unknown>;

/** Returns its argument, and lets editors and `tsc` check it. */
export function defineConfig(config: CsatConfig): CsatConfig {
  return config;
}
