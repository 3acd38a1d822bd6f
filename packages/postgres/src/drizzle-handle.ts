import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";

/** Any drizzle Postgres database or transaction, whatever the driver: all it needs is `execute`. */
export type DrizzleTx = Pick<PgDatabase<PgQueryResultHKT>, "execute">;

/** A drizzle Postgres database that can open transactions: over node-postgres, postgres.js, PGlite or another driver. */
export interface DrizzleDatabase extends DrizzleTx {
  transaction<Result>(
    work: (tx: DrizzleTx) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result>;
}
